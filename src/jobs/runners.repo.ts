import type { Db } from '../db/index.ts';
import { isDead } from './owner.ts';
import type { JobsTables } from './rows.ts';

/** Heartbeat and lease of runners: a lease outlasts several heartbeats and the longest wait for a locked database. */
export const heartbeatMs = 5_000;
export const leaseMs = 30_000;

/** A runner that was seen alive within its lease. */
export interface LiveRunner {
  readonly id: string;
  readonly servesAll: boolean;
}

const runners = (db: Db) => db.query<JobsTables>();

/** Enters the runner, or says again that it lives. */
export async function markRunner(db: Db, runner: LiveRunner, now: number): Promise<void> {
  await runners(db)
    .insertInto('job_runners')
    .values({ id: runner.id, serves_all: runner.servesAll ? 1 : 0, seen_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: now }))
    .execute();
}

export async function removeRunner(db: Db, id: string): Promise<void> {
  await runners(db).deleteFrom('job_runners').where('id', '=', id).execute();
}

/** Runners whose heartbeat is fresh and whose process is not known to be dead. */
export async function listLiveRunners(db: Db, now: number): Promise<readonly LiveRunner[]> {
  const rows = await runners(db)
    .selectFrom('job_runners')
    .selectAll()
    .where('seen_at', '>=', now - leaseMs)
    .execute();
  return rows
    .filter((row) => !isDead(row.id))
    .map((row) => ({ id: row.id, servesAll: row.serves_all === 1 }));
}

/** Removes the rows of runners that ended without saying so. */
export async function forgetDeadRunners(db: Db, now: number): Promise<void> {
  const rows = await runners(db).selectFrom('job_runners').selectAll().execute();
  for (const row of rows)
    if (isDead(row.id) || row.seen_at < now - 10 * leaseMs) await removeRunner(db, row.id);
}
