import { setTimeout as wait } from 'node:timers/promises';
import { HoldfastError, hasCode } from '../../kernel/index.ts';
import { longestWaitMs } from './answers.ts';

export interface RetryOptions {
  /** How often something is tried without any progress. */
  readonly attempts: number;
  /** The first pause, milliseconds. */
  readonly pauseMs: number;
  readonly signal: AbortSignal | undefined;
  /** Waits that many milliseconds; ends with the signal's reason. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** Tries again what may succeed later, and nothing else. */
export interface Retry {
  /** Runs the work until it succeeds, fails for good, or has failed as often as is allowed. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Waits after the n-th failure in a row; throws the error itself where trying again makes no sense. */
  pause(error: unknown, failures: number): Promise<void>;
}

const longestPauseMs = 30_000;

/** True where the same request may succeed later: the registry was busy or failing, or the line broke. */
export function isTransient(error: unknown): error is HoldfastError {
  return (
    error instanceof HoldfastError && error.kind === 'unavailable' && !hasCode(error, 'images.plainOnly')
  );
}

/** Pauses grow twofold up to 30 s and vary by half, so that many that failed together do not come back together; `Retry-After` is kept. */
export function createRetry({ attempts, pauseMs, signal, sleep = sleepFor }: RetryOptions): Retry {
  const pause = async (error: unknown, failures: number) => {
    signal?.throwIfAborted();
    if (!isTransient(error) || failures >= attempts) throw error;
    const askedMs = Number(error.details.retryAfterMs ?? 0);
    if (askedMs > longestWaitMs) throw error;
    const growing = Math.min(longestPauseMs, pauseMs * 2 ** (failures - 1)) * (0.5 + Math.random());
    await sleep(Math.max(askedMs, growing), signal);
  };
  return {
    pause,
    async run(work) {
      for (let failures = 1; ; failures++) {
        try {
          return await work();
        } catch (error) {
          await pause(error, failures);
        }
      }
    },
  };
}

async function sleepFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
