import { setTimeout as sleep } from 'node:timers/promises';
import type { HoldfastError, Progress } from '../kernel/index.ts';
import { ownError } from './fault.ts';
import type { Job, JobHandler } from './types.ts';

/** How an attempt came out; `abandoned` where the handler did not heed the signal in time. */
export type Outcome =
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: HoldfastError }
  | { readonly type: 'abandoned' };

/** Runs a handler once. After `signal` aborts, the handler has `graceMs` to end. Never throws. */
export async function attemptJob(
  handler: JobHandler,
  job: Job,
  options: { signal: AbortSignal; graceMs: number; onProgress: (progress: Progress) => void },
): Promise<Outcome> {
  const { signal } = options;
  const over = new AbortController();
  const work = async (): Promise<Outcome> => {
    try {
      await handler({ job, signal, progress: options.onProgress });
      return { type: 'done' };
    } catch (error) {
      return { type: 'failed', error: ownError(error, job.id) };
    }
  };
  const patience = async (): Promise<Outcome> => {
    await new Promise((resolve) => {
      if (signal.aborted) resolve(undefined);
      else signal.addEventListener('abort', resolve, { once: true, signal: over.signal });
    });
    await sleep(options.graceMs, undefined, { signal: over.signal }).catch(() => {});
    return { type: 'abandoned' };
  };
  return Promise.race([work(), patience()]).finally(() => over.abort());
}
