import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import { type Db, recordChange } from '../db/index.ts';
import { type JobRow, type JobsTables, jobOf, laneRanks } from './rows.ts';
import type { Job, JobFilter, JobState } from './types.ts';

const jobs = (db: Db) => db.query<JobsTables>();
const active = sql<boolean>`state in ('queued', 'running')`;
/** Below what either engine takes as parameters of one statement. */
const idsPerQuery = 5_000;

/** Stores the row; false where an active job has its unique key. */
export async function insertJob(db: Db, row: JobRow): Promise<boolean> {
  const result = await jobs(db)
    .insertInto('jobs')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The queued or running job with this key. */
export async function findActive(db: Db, uniqueKey: string): Promise<JobRow | undefined> {
  return jobs(db)
    .selectFrom('jobs')
    .selectAll()
    .where('unique_key', '=', uniqueKey)
    .where(active)
    .executeTakeFirst();
}

/** Moves a queued job to a lane and a time that are at least as good. */
export async function hasten(db: Db, id: string, like: Pick<JobRow, 'lane' | 'run_at'>): Promise<void> {
  await jobs(db)
    .updateTable('jobs')
    .set({ lane: like.lane, lane_rank: laneRanks[like.lane], run_at: like.run_at })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute();
}

export async function findJob(db: Db, id: string): Promise<Job | undefined> {
  const row = await jobs(db).selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
  return row && jobOf(row);
}

/** Newest change first. */
export async function listJobs(db: Db, filter: JobFilter): Promise<readonly Job[]> {
  let query = jobs(db).selectFrom('jobs').selectAll().orderBy('updated_at', 'desc').orderBy('id', 'desc');
  if (filter.states) query = query.where('state', 'in', [...filter.states, 'none' as JobState]);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  if (!filter.ids) return (await query.execute()).map(jobOf);
  const found: Job[] = [];
  for (let at = 0; at < filter.ids.length; at += idsPerQuery) {
    const part = filter.ids.slice(at, at + idsPerQuery);
    found.push(...(await query.where('id', 'in', part).execute()).map(jobOf));
  }
  return found;
}

export async function countJobs(db: Db): Promise<Record<JobState, number>> {
  const counts = { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
  const rows = await jobs(db)
    .selectFrom('jobs')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  for (const row of rows) counts[row.state] = Number(row.count);
  return counts;
}

/** Ends a queued job, or marks a running one; undefined where it is neither. */
export async function markCancelled(db: Db, id: string, now: number): Promise<JobState | undefined> {
  return db.transaction(async (trx) => {
    const row = await jobs(trx)
      .updateTable('jobs')
      .set(({ eb }: ExpressionBuilder<JobsTables, 'jobs'>) => ({
        state: eb
          .case()
          .when('state', '=', 'queued')
          .then('cancelled' as JobState)
          .else(eb.ref('state'))
          .end(),
        cancel_asked: 1,
        updated_at: now,
      }))
      .where('id', '=', id)
      .where(active)
      .returning('state')
      .executeTakeFirst();
    if (row) await recordChange(trx, 'job', id);
    return row?.state;
  });
}

/** Puts an ended job back; undefined where it is not failed or cancelled, or where an active one has its key. */
export async function requeueEnded(db: Db, id: string, now: number): Promise<Job | undefined> {
  return db.transaction(async (trx) => {
    const row = await jobs(trx)
      .updateTable('jobs')
      .set({ state: 'queued', attempts: 0, run_at: now, cancel_asked: 0, updated_at: now })
      .set({ owner: null, lease_until: null, progress: null, fault: null })
      .where('id', '=', id)
      .where('state', 'in', ['failed', 'cancelled'])
      .where(sql<boolean>`not exists (select 1 from jobs as other where other.unique_key = jobs.unique_key
        and other.state in ('queued', 'running'))`)
      .returningAll()
      .executeTakeFirst();
    if (row) await recordChange(trx, 'job', id);
    return row && jobOf(row);
  });
}

/** The key of a job, whatever its state. */
export async function uniqueKeyOf(db: Db, id: string): Promise<string | null> {
  const row = await jobs(db).selectFrom('jobs').select('unique_key').where('id', '=', id).executeTakeFirst();
  return row?.unique_key ?? null;
}

/** Forgets jobs that were done before the time; gives how many. */
export async function deleteDone(db: Db, before: number): Promise<number> {
  const result = await jobs(db)
    .deleteFrom('jobs')
    .where('state', '=', 'done')
    .where('updated_at', '<', before)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** The ids of all jobs in these states, for another room's `in`. */
export function idsOfJobsIn(states: readonly JobState[]): RawBuilder<string> {
  return sql`(select id from jobs where state in (${sql.join(states)}))`;
}
