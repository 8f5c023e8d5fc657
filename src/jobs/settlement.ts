import { type RawBuilder, sql } from 'kysely';
import type { HoldfastError } from '../kernel/index.ts';
import type { Outcome } from './attempt.ts';
import { faultOf } from './fault.ts';
import { queuedUnlessCancelled, unowned } from './lease.repo.ts';
import { retryPauseMs } from './retry-pause.ts';
import type { Job, JobState } from './types.ts';

/** What is written to a job's row when an attempt is over. */
export interface Settlement {
  readonly state: JobState | RawBuilder<JobState>;
  readonly owner: null;
  readonly lease_until: null;
  readonly updated_at: number;
  readonly run_at?: number;
  readonly attempts?: RawBuilder<number>;
  readonly progress?: null;
  readonly fault?: string | null;
}

/**
 * Decides what becomes of a job after an attempt. `aborted` is why its signal was raised, if it was. Undefined where the
 * job belongs to another runner by now.
 */
export function settlementOf(
  job: Job,
  outcome: Outcome,
  aborted: HoldfastError | undefined,
  time: { now: number; retryMs: number },
): Settlement | undefined {
  const common = { ...unowned, updated_at: time.now };
  if (aborted?.code === 'jobs.leaseLost') return undefined;
  if (outcome.type === 'done') return { ...common, state: 'done', progress: null, fault: null };
  if (aborted?.code === 'jobs.cancelled') return { ...common, state: 'cancelled' };
  if (aborted || outcome.type === 'abandoned')
    return { ...common, state: queuedUnlessCancelled, attempts: sql<number>`attempts - 1`, progress: null };
  const { error } = outcome;
  const fault = JSON.stringify(faultOf(error));
  if (error.kind !== 'unavailable' || job.attempts >= job.maxAttempts)
    return { ...common, state: 'failed', fault };
  const run_at = time.now + retryPauseMs(job.attempts, time.retryMs);
  return { ...common, state: queuedUnlessCancelled, run_at, progress: null, fault };
}
