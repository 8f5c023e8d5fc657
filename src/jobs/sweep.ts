import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import { jobsErrors } from './errors.ts';
import { faultOf } from './fault.ts';
import { moveOwned, queuedUnlessCancelled, unowned } from './lease.repo.ts';
import { isDead } from './owner.ts';
import type { JobsTables } from './rows.ts';
import { forgetDeadRunners } from './runners.repo.ts';

/**
 * Takes back jobs whose lease has run out or whose owner's process on this host is dead: they wait again at once, or
 * fail with `jobs.lost` where no attempt is left. Gives the ids.
 */
export async function takeBackLostJobs(db: Db, now: number): Promise<readonly string[]> {
  const rows = await db
    .query<JobsTables>()
    .selectFrom('jobs')
    .select(['id', 'owner', 'lease_until', 'attempts', 'max_attempts'])
    .where(sql<boolean>`state = 'running'`)
    .execute();
  const dead = new Map([...new Set(rows.map((row) => row.owner!))].map((owner) => [owner, isDead(owner)]));
  const taken: string[] = [];
  for (const { id, owner, lease_until, attempts, max_attempts } of rows) {
    if (!dead.get(owner!) && lease_until! >= now) continue;
    const change =
      attempts < max_attempts
        ? { state: queuedUnlessCancelled, progress: null, run_at: now }
        : {
            state: 'failed' as const,
            fault: JSON.stringify(faultOf(jobsErrors.lost({ job: id, attempts }))),
          };
    const moved = await db.transaction(async (trx) => {
      // A heartbeat may have come between the look and the change.
      const still = await trx
        .query<JobsTables>()
        .selectFrom('jobs')
        .select('id')
        .where('id', '=', id)
        .where('lease_until', '=', lease_until)
        .executeTakeFirst();
      return still && moveOwned(trx, { id, owner: owner! }, { ...change, ...unowned, updated_at: now });
    });
    if (moved) taken.push(id);
  }
  await forgetDeadRunners(db, now);
  return taken;
}
