import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, lastChange } from '../db/index.ts';
import { jobsErrors } from './errors.ts';
import { listJobs } from './queue.repo.ts';
import type { Job, JobState } from './types.ts';

const pollMs = 100;
const ended: readonly JobState[] = ['done', 'failed', 'cancelled'];

/**
 * Resolves when every job named has ended, in the order of the names; `onChange` is told each state and progress that
 * was seen. It polls, because the runner may be another process. Throws `jobs.notFound`, or the signal's reason.
 */
export async function waitForJobs(
  db: Db,
  ids: readonly string[],
  options: { signal?: AbortSignal; onChange?: (job: Job) => void },
): Promise<readonly Job[]> {
  const known = new Map<string, Job>();
  let open = [...new Set(ids)];
  for (let seen = -1, round = 0; ; round++) {
    options.signal?.throwIfAborted();
    const last = await lastChange(db);
    // On Postgres an older number may be committed after a newer one, so silence is not proof that nothing changed.
    if (last !== seen || round % 10 === 0) {
      seen = last;
      const jobs = new Map((await listJobs(db, { ids: open })).map((job) => [job.id, job]));
      for (const id of open) {
        const job = jobs.get(id);
        if (!job) throw jobsErrors.notFound({ job: id });
        if (JSON.stringify(job) !== JSON.stringify(known.get(id))) options.onChange?.(job);
        known.set(id, job);
      }
      open = open.filter((id) => !ended.includes(known.get(id)!.state));
    }
    if (open.length === 0) return ids.map((id) => known.get(id)!);
    await sleep(pollMs, undefined, { signal: options.signal }).catch(() => {});
  }
}
