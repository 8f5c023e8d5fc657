import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, trimChanges } from '../db/index.ts';
import type { Clock, HoldfastError, Logger, Progress } from '../kernel/index.ts';
import { attemptJob, type Outcome } from './attempt.ts';
import { jobsErrors } from './errors.ts';
import * as lease from './lease.repo.ts';
import { newOwner } from './owner.ts';
import { deleteDone } from './queue.repo.ts';
import { heartbeatMs, leaseMs, markRunner, removeRunner } from './runners.repo.ts';
import { settlementOf } from './settlement.ts';
import { freeLanes } from './slots.ts';
import { takeBackLostJobs } from './sweep.ts';
import type { Job, JobHandler, Runner } from './types.ts';

/** The pace of a runner, in milliseconds. */
export interface RunnerPace {
  /** How often it looks for work and for jobs to cancel. */
  readonly pollMs: number;
  readonly heartbeatMs: number;
  readonly leaseMs: number;
  /** How often lost jobs are looked for. */
  readonly sweepMs: number;
  /** The shortest time between two writes of progress. */
  readonly progressMs: number;
  /** The pause after a first failed attempt. */
  readonly retryMs: number;
  /** How long a handler may go on after its signal aborted. */
  readonly graceMs: number;
}

const usualPace: RunnerPace = {
  pollMs: 100,
  heartbeatMs,
  leaseMs,
  sweepMs: 5_000,
  progressMs: 200,
  retryMs: 2_000,
  graceMs: 10_000,
};

/** How long jobs that are done stay to be looked at. */
const doneKeptMs = 7 * 24 * 3_600_000;
const tidyMs = 600_000;
/** Below what either engine takes as parameters of one statement. */
const idsPerClaim = 5_000;

export interface RunnerOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly logger: Logger;
  /** By kind; jobs of other kinds are left alone. */
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** Jobs at once. */
  readonly concurrency: number;
  /** Takes these jobs only (the command line without a server); such a runner does not count for `hasLiveRunner`. */
  readonly onlyJobs?: readonly string[];
  readonly pace?: Partial<RunnerPace>;
}

interface Running {
  readonly job: Job;
  readonly controller: AbortController;
  settled: Promise<void>;
}

/** Makes a runner; `start()` takes back at once what a dead process of this host left behind, then serves the queue. */
export function createRunner(options: RunnerOptions): Runner {
  return new QueueRunner(options);
}

class QueueRunner implements Runner {
  readonly #options: RunnerOptions;
  readonly #pace: RunnerPace;
  readonly #owner = newOwner();
  readonly #running = new Map<string, Running>();
  readonly #unsaved = new Map<string, Progress>();
  readonly #dueAt = new Map<string, number>();
  #stopping = false;
  #loop: Promise<void> | undefined;
  #wake = new AbortController();

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#pace = { ...usualPace, ...options.pace };
  }

  get running(): number {
    return this.#running.size;
  }

  start(): void {
    this.#loop ??= this.#serve();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.abort();
    await this.#loop;
    for (const { job, controller } of this.#running.values())
      controller.abort(jobsErrors.stopped({ job: job.id }));
    await Promise.all([...this.#running.values()].map((one) => one.settled));
    if (this.#loop)
      await removeRunner(this.#options.db, this.#owner).catch((error) => this.#complain(error, 'leave'));
  }

  async #serve(): Promise<void> {
    while (!this.#stopping) {
      // Each on its own: a failing sweep must not keep heartbeats from being written.
      await this.#at('heartbeat', this.#pace.heartbeatMs, () => this.#beat());
      await this.#at('sweep', this.#pace.sweepMs, () => this.#sweep());
      await this.#at('progress', this.#pace.progressMs, () => this.#saveProgress());
      await this.#at('cancel', 0, () => this.#seeCancelled());
      await this.#at('claim', 0, () => this.#fill());
      await this.#at('tidy', tidyMs, () => this.#tidy());
      if (this.#wake.signal.aborted && !this.#stopping) this.#wake = new AbortController();
      else await sleep(this.#pace.pollMs, undefined, { signal: this.#wake.signal }).catch(() => {});
    }
  }

  async #at(task: string, everyMs: number, work: () => Promise<void>): Promise<void> {
    const now = performance.now();
    if (this.#stopping || now < (this.#dueAt.get(task) ?? 0)) return;
    this.#dueAt.set(task, now + everyMs);
    try {
      await work();
    } catch (error) {
      this.#complain(error, task);
    }
  }

  #complain(error: unknown, task: string): void {
    this.#options.logger.warn({ err: error, task }, 'The job runner could not reach its database');
  }

  async #beat(): Promise<void> {
    const { db, clock, onlyJobs } = this.#options;
    const now = clock.now();
    await markRunner(db, { id: this.#owner, servesAll: onlyJobs === undefined }, now);
    const ids = [...this.#running.keys()];
    const held = new Set(await lease.renewLeases(db, this.#owner, ids, now + this.#pace.leaseMs));
    for (const id of ids) {
      // It may have ended by itself between the look and the answer; then aborting does nothing.
      if (!held.has(id)) this.#running.get(id)?.controller.abort(jobsErrors.leaseLost({ job: id }));
    }
  }

  async #sweep(): Promise<void> {
    const taken = await takeBackLostJobs(this.#options.db, this.#options.clock.now());
    if (taken.length > 0)
      this.#options.logger.warn({ jobs: taken }, 'Took back jobs of a program that ended');
  }

  async #saveProgress(): Promise<void> {
    if (this.#unsaved.size === 0) return;
    const progress = new Map(this.#unsaved);
    this.#unsaved.clear();
    await lease.saveProgress(this.#options.db, this.#owner, progress, this.#options.clock.now());
  }

  async #seeCancelled(): Promise<void> {
    if (this.#running.size === 0) return;
    for (const id of await lease.listCancelAsked(this.#options.db, this.#owner))
      this.#running.get(id)?.controller.abort(jobsErrors.cancelled({ job: id }));
  }

  async #fill(): Promise<void> {
    for (;;) {
      const busy = [...this.#running.values()].map((one) => one.job.lane);
      const lanes = freeLanes(busy, this.#options.concurrency);
      if (lanes.length === 0 || this.#stopping) return;
      const job = await this.#claim(lanes);
      if (!job) return;
      this.#run(job);
    }
  }

  async #claim(lanes: readonly Job['lane'][]): Promise<Job | undefined> {
    const { db, clock, handlers, onlyJobs } = this.#options;
    const now = clock.now();
    const claim = {
      owner: this.#owner,
      kinds: Object.keys(handlers),
      lanes,
      now,
      leaseUntil: now + this.#pace.leaseMs,
    };
    if (!onlyJobs) return lease.claimJob(db, claim);
    for (let at = 0; at < onlyJobs.length; at += idsPerClaim) {
      const job = await lease.claimJob(db, { ...claim, ids: onlyJobs.slice(at, at + idsPerClaim) });
      if (job) return job;
    }
    return undefined;
  }

  #run(job: Job): void {
    const running: Running = { job, controller: new AbortController(), settled: Promise.resolve() };
    this.#running.set(job.id, running);
    running.settled = this.#carry(running).finally(() => {
      this.#running.delete(job.id);
      this.#unsaved.delete(job.id);
      this.#wake.abort();
    });
  }

  async #carry({ job, controller }: Running): Promise<void> {
    const { handlers, logger } = this.#options;
    const { signal } = controller;
    const outcome = await attemptJob(handlers[job.kind]!, job, {
      signal,
      graceMs: this.#pace.graceMs,
      onProgress: (progress) => {
        if (!signal.aborted) this.#unsaved.set(job.id, progress);
      },
    });
    this.#unsaved.delete(job.id);
    if (outcome.type === 'abandoned') logger.error({ job: job.id, kind: job.kind }, 'A handler does not end');
    if (outcome.type === 'failed' && !signal.aborted)
      logger.warn({ job: job.id, kind: job.kind, attempt: job.attempts, err: outcome.error }, 'A job failed');
    await this.#settle(job, outcome, signal.aborted ? (signal.reason as HoldfastError) : undefined);
  }

  /** Writes the outcome; goes on trying while the lease lasts, for a locked database must not cost finished work. */
  async #settle(job: Job, outcome: Outcome, aborted: HoldfastError | undefined): Promise<void> {
    const { db, clock } = this.#options;
    const deadline = performance.now() + this.#pace.leaseMs;
    for (;;) {
      const change = settlementOf(job, outcome, aborted, { now: clock.now(), retryMs: this.#pace.retryMs });
      if (!change) return;
      try {
        await lease.moveOwned(db, { id: job.id, owner: this.#owner }, change);
        return;
      } catch (error) {
        this.#complain(error, 'settle');
        if (performance.now() > deadline) return;
        await sleep(500);
      }
    }
  }

  async #tidy(): Promise<void> {
    await trimChanges(this.#options.db);
    await deleteDone(this.#options.db, this.#options.clock.now() - doneKeptMs);
  }
}
