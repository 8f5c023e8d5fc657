import type { Verdict } from '../types.ts';
import type { Answer } from './probe.ts';

export interface CheckerOptions {
  readonly ask: (signal: AbortSignal) => Promise<Answer | undefined>;
  readonly onVerdict: (verdict: Verdict) => void;
  /** How long to wait until the next check, by what is known now. */
  readonly pauseMs: () => number;
  readonly now: () => number;
  /** 0 to 1: spreads checks by up to a tenth, so that many balancers do not ask at one moment. */
  readonly random: () => number;
}

export interface Checker {
  /** Asks now instead of when it would be due: for a backend that a client could not reach. */
  soon(): void;
  stop(): void;
}

/** Asks a backend again and again until it is stopped; one question at a time. */
export function startChecker({ ask, onVerdict, pauseMs, now, random }: CheckerOptions): Checker {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let asking = false;
  let again = false;

  async function check(): Promise<void> {
    clearTimeout(timer);
    asking = true;
    again = false;
    const from = performance.now();
    const answer = await ask(ending.signal);
    asking = false;
    if (ending.signal.aborted) return;
    if (answer)
      onVerdict({ ...answer, at: now(), tookMs: Math.round(performance.now() - from), by: 'check' });
    timer = setTimeout(() => void check(), again ? 0 : pauseMs() * (0.95 + random() / 10));
  }
  void check();
  return {
    soon() {
      // The answer that is under way may be older than what the client met.
      if (asking) again = true;
      else void check();
    },
    stop() {
      clearTimeout(timer);
      ending.abort();
    },
  };
}
