import { type Db, recordChange } from '../db/index.ts';
import { type Clock, createIds } from '../kernel/index.ts';
import { jobsErrors } from './errors.ts';
import * as queue from './queue.repo.ts';
import { type JobRow, jobOf, laneRanks } from './rows.ts';
import { listLiveRunners } from './runners.repo.ts';
import type { Job, Jobs, NewJob } from './types.ts';
import { waitForJobs } from './wait.ts';

const defaultMaxAttempts = 3;

/** An id as `newId` makes it: some other texts cannot even be asked for. */
const isId = (text: string): boolean => /^[0-9a-z]{1,64}$/.test(text);

/** Makes the durable queue over a database that has `jobsMigrations`. */
export function createJobs({ db, clock }: { db: Db; clock: Clock }): Jobs {
  const nextId = createIds(clock);

  async function enqueueIn(trx: Db, job: NewJob): Promise<Job> {
    const row = newRow(job, nextId(), clock.now());
    for (;;) {
      if (await queue.insertJob(trx, row)) {
        await recordChange(trx, 'job', row.id);
        return jobOf(row);
      }
      const known = await queue.findActive(trx, row.unique_key!);
      // It may have ended between the two statements; then the insert succeeds.
      if (!known) continue;
      const lane = row.lane_rank < known.lane_rank ? row.lane : known.lane;
      const run_at = Math.min(row.run_at, known.run_at);
      if (known.state === 'queued' && (lane !== known.lane || run_at !== known.run_at)) {
        await queue.hasten(trx, known.id, { lane, run_at });
        await recordChange(trx, 'job', known.id);
        return jobOf({ ...known, lane, run_at });
      }
      return jobOf(known);
    }
  }

  async function retry(id: string): Promise<Job> {
    if (!isId(id)) throw jobsErrors.notFound({ job: id.slice(0, 200) });
    const requeued = await queue.requeueEnded(db, id, clock.now()).catch(async (error: unknown) => {
      // Two retries of jobs with one key at the same moment: the index lets one of them through.
      if (await activeTwin(id)) return undefined;
      throw error;
    });
    if (requeued) return requeued;
    const twin = await activeTwin(id);
    if (twin && twin.id !== id) return jobOf(twin);
    const job = await queue.findJob(db, id);
    if (!job) throw jobsErrors.notFound({ job: id });
    throw jobsErrors.notEnded({ job: id, state: job.state });
  }

  async function activeTwin(id: string): Promise<JobRow | undefined> {
    const key = await queue.uniqueKeyOf(db, id);
    return key === null ? undefined : queue.findActive(db, key);
  }

  return {
    enqueue: (job, trx) => (trx ? enqueueIn(trx, job) : db.transaction((own) => enqueueIn(own, job))),
    find: async (id) => (isId(id) ? queue.findJob(db, id) : undefined),
    list: (filter = {}) => queue.listJobs(db, filter),
    counts: () => queue.countJobs(db),
    async cancel(id) {
      if (!isId(id)) throw jobsErrors.notFound({ job: id.slice(0, 200) });
      if (await queue.markCancelled(db, id, clock.now())) return true;
      if (await queue.findJob(db, id)) return false;
      throw jobsErrors.notFound({ job: id });
    },
    retry,
    wait: (ids, options = {}) => waitForJobs(db, ids, options),
    hasLiveRunner: async () => (await listLiveRunners(db, clock.now())).some((runner) => runner.servesAll),
    forgetDone: (before) => queue.deleteDone(db, before),
  };
}

function newRow(job: NewJob, id: string, now: number): JobRow {
  const lane = job.lane ?? 'person';
  return {
    id,
    kind: job.kind,
    lane,
    lane_rank: laneRanks[lane],
    payload: JSON.stringify(job.payload),
    state: 'queued',
    attempts: 0,
    max_attempts: job.maxAttempts ?? defaultMaxAttempts,
    run_at: now + (job.delayMs ?? 0),
    unique_key: job.uniqueKey ?? null,
    owner: null,
    lease_until: null,
    cancel_asked: 0,
    progress: null,
    fault: null,
    created_at: now,
    updated_at: now,
  };
}
