import type { Db } from '../db/index.ts';
import type { HoldfastError, JsonValue, Progress } from '../kernel/index.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** `person` is served before `bulk`; `after` is work that nobody waits for (a PDF from the replay). */
export type Lane = 'person' | 'bulk' | 'after';

/** Why a job ended badly, kept so that it can be told in any language. */
export interface JobFault {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, JsonValue>>;
}

/** One piece of durable work. Times are epoch milliseconds; `attempts` counts the times that it was begun. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly lane: Lane;
  readonly payload: JsonValue;
  readonly state: JobState;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly runAt: number;
  readonly progress: Progress | null;
  readonly fault: JobFault | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface NewJob {
  readonly kind: string;
  readonly payload: JsonValue;
  readonly lane?: Lane;
  /** While a job with this key is queued or running, enqueueing again gives that one back. */
  readonly uniqueKey?: string;
  readonly maxAttempts?: number;
  readonly delayMs?: number;
}

export interface JobFilter {
  readonly states?: readonly JobState[];
  readonly kind?: string;
  readonly ids?: readonly string[];
  readonly limit?: number;
}

/** The durable queue. */
export interface Jobs {
  /** Stores the job (in `trx` where given) before it answers; a crash afterwards loses nothing. */
  enqueue(job: NewJob, trx?: Db): Promise<Job>;
  /** Undefined where there is no such job. */
  find(id: string): Promise<Job | undefined>;
  list(filter?: JobFilter): Promise<readonly Job[]>;
  /** Counts by state. */
  counts(): Promise<Readonly<Record<JobState, number>>>;
  /** Ends a queued job at once and asks a running one to stop; false where it had ended already. */
  cancel(id: string): Promise<boolean>;
  /** Puts a failed or cancelled job back in the queue with its attempts at 0. */
  retry(id: string): Promise<Job>;
  /** Resolves when every job named has ended. */
  wait(
    ids: readonly string[],
    options?: { signal?: AbortSignal; onChange?: (job: Job) => void },
  ): Promise<readonly Job[]>;
  /** True while some process runs whatever is queued (a server), false where only runners of named jobs live. */
  hasLiveRunner(): Promise<boolean>;
  /** Forgets jobs that were done before the time (epoch milliseconds); gives how many. */
  forgetDone(before: number): Promise<number>;
}

/** What a handler is given. `signal` aborts on cancel, on a lost lease and on shutdown. */
export interface JobContext {
  readonly job: Job;
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

/**
 * Does one kind of job. It must be safe to run again after a crash at any point. Errors of kind `unavailable` and
 * unknown ones are tried again with growing pauses until `maxAttempts`; other kinds fail the job at once.
 */
export type JobHandler = (context: JobContext) => Promise<void>;

/** Takes jobs from the queue and runs them under a lease with heartbeat. */
export interface Runner {
  start(): void;
  /** Stops taking jobs, aborts those under way and puts them back in the queue unharmed (their attempt is not counted). */
  stop(): Promise<void>;
  /** How many jobs run now. */
  readonly running: number;
}

export type { HoldfastError };
