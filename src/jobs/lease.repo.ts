import { type SelectQueryBuilder, sql, type UpdateObject } from 'kysely';
import { type Db, recordChange } from '../db/index.ts';
import type { Progress } from '../kernel/index.ts';
import { type JobsTables, jobOf } from './rows.ts';
import type { Job, JobState, Lane } from './types.ts';

const jobs = (db: Db) => db.query<JobsTables>();
const running = sql<boolean>`state = 'running'`;

/** What a runner looks for, and under which lease it takes it. */
export interface Claim {
  readonly owner: string;
  readonly kinds: readonly string[];
  readonly lanes: readonly Lane[];
  readonly ids?: readonly string[];
  readonly now: number;
  readonly leaseUntil: number;
}

/** Takes the next job that waits, in one statement; no two runners get the same one. */
export async function claimJob(db: Db, claim: Claim): Promise<Job | undefined> {
  // Looking first keeps an idle runner from taking the write lock many times a second.
  if (!(await waiting(db, claim).executeTakeFirst())) return undefined;
  return db.transaction(async (trx) => {
    const next = waiting(trx, claim).orderBy('lane_rank').orderBy('run_at').orderBy('id').limit(1);
    const row = await jobs(trx)
      .updateTable('jobs')
      .set((eb) => ({ state: 'running', attempts: eb('attempts', '+', 1), cancel_asked: 0 }))
      .set({ owner: claim.owner, lease_until: claim.leaseUntil, updated_at: claim.now })
      .set({ progress: null, fault: null })
      .where('id', '=', trx.dialect === 'postgres' ? next.forUpdate().skipLocked() : next)
      .where(sql<boolean>`state = 'queued'`)
      .returningAll()
      .executeTakeFirst();
    if (row) await recordChange(trx, 'job', row.id);
    return row && jobOf(row);
  });
}

function waiting(db: Db, claim: Claim): SelectQueryBuilder<JobsTables, 'jobs', { id: string }> {
  let query = jobs(db)
    .selectFrom('jobs')
    .select('id')
    // Written out, because SQLite uses a partial index only for a condition without parameters.
    .where(sql<boolean>`state = 'queued'`)
    .where('run_at', '<=', claim.now)
    .where('lane', 'in', [...claim.lanes])
    .where('kind', 'in', [...claim.kinds]);
  if (claim.ids) query = query.where('id', 'in', [...claim.ids]);
  return query;
}

/** Changes a job that `owner` still holds; undefined where the lease was lost. */
export async function moveOwned(
  db: Db,
  { id, owner }: { id: string; owner: string },
  change: UpdateObject<JobsTables, 'jobs'>,
): Promise<Job | undefined> {
  return db.transaction(async (trx) => {
    const row = await jobs(trx)
      .updateTable('jobs')
      .set(change)
      .where('id', '=', id)
      .where('owner', '=', owner)
      .where(running)
      .returningAll()
      .executeTakeFirst();
    if (row) await recordChange(trx, 'job', id);
    return row && jobOf(row);
  });
}

/** `queued`, unless somebody asked to cancel the job meanwhile. */
export const queuedUnlessCancelled = sql<JobState>`case when cancel_asked = 1 then 'cancelled' else 'queued' end`;

/** What a job that nobody runs any more has in common. */
export const unowned = { owner: null, lease_until: null } as const;

/** Prolongs the leases of jobs that `owner` holds; gives those that it still had. */
export async function renewLeases(
  db: Db,
  owner: string,
  ids: readonly string[],
  leaseUntil: number,
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await jobs(db)
    .updateTable('jobs')
    .set({ lease_until: leaseUntil })
    .where('owner', '=', owner)
    .where('id', 'in', [...ids])
    .where(running)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Those of the owner's jobs that somebody wants to end. */
export async function listCancelAsked(db: Db, owner: string): Promise<readonly string[]> {
  const rows = await jobs(db)
    .selectFrom('jobs')
    .select('id')
    .where('owner', '=', owner)
    .where('cancel_asked', '=', 1)
    .where(running)
    .execute();
  return rows.map((row) => row.id);
}

/** Writes how far jobs are, in one transaction. */
export async function saveProgress(
  db: Db,
  owner: string,
  progress: ReadonlyMap<string, Progress>,
  now: number,
): Promise<void> {
  await db.transaction(async (trx) => {
    for (const [id, value] of progress)
      await moveOwned(trx, { id, owner }, { progress: JSON.stringify(value), updated_at: now });
  });
}
