import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import type { Migration } from './migrate.ts';

/** Something changed that a person may be looking at: `topic` is what kind of thing, `ref` its id. */
export interface Change {
  readonly seq: number;
  readonly topic: string;
  readonly ref: string;
}

interface Tables {
  changes: { seq: number; topic: string; ref: string };
}

/** How many changes are kept for a listener that reconnects; older ones are cut away. */
const kept = 5_000;

export const changesMigrations: readonly Migration[] = [
  {
    name: 'db-1-changes',
    async up(db) {
      const serial =
        db.dialect === 'postgres' ? sql`bigserial primary key` : sql`integer primary key autoincrement`;
      await sql`create table changes (seq ${serial}, topic text not null, ref text not null)`.execute(
        db.query(),
      );
    },
  },
];

/** Records a change, inside the caller's transaction where one is open, so that nothing is told that did not happen. */
export async function recordChange(db: Db, topic: string, ref: string): Promise<void> {
  await db
    .query<Tables>()
    .insertInto('changes')
    .values({ topic, ref } as never)
    .execute();
}

/** The number of the newest change, 0 where there is none. */
export async function lastChange(db: Db): Promise<number> {
  const row = await db
    .query<Tables>()
    .selectFrom('changes')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** Cuts away all but the newest changes. */
export async function trimChanges(db: Db): Promise<void> {
  const last = await lastChange(db);
  await db
    .query<Tables>()
    .deleteFrom('changes')
    .where('seq', '<=', last - kept)
    .execute();
}

/** For how long a number that was passed over is looked for: longer than any of our transactions lasts. */
const lateMs = 60_000;
/** A larger gap is one that trimming or a new database left, not one of transactions under way. */
const largestGap = 1_000;

/**
 * Yields batches of changes after `since` until the signal aborts, in the order of their numbers but for those of
 * transactions that ended late (Postgres numbers a change before it is committed): these come when they can be seen.
 * It polls, because the writer may be another process (the command line on the same data folder).
 */
export async function* watchChanges(
  db: Db,
  since: number,
  options: { signal: AbortSignal; everyMs?: number },
): AsyncGenerator<readonly Change[]> {
  let last = since;
  const late = new Map<number, number>();
  while (!options.signal.aborted) {
    const rows = await changesAfter(db, last, [...late.keys()]);
    const now = performance.now();
    for (const [seq, until] of late) if (until < now) late.delete(seq);
    for (const { seq } of rows) {
      if (seq > last + 1 && seq - last <= largestGap)
        for (let missing = last + 1; missing < seq; missing++) late.set(missing, now + lateMs);
      late.delete(seq);
      last = Math.max(last, seq);
    }
    if (rows.length > 0) yield rows;
    else
      await sleep(options.everyMs ?? 250, undefined, { signal: options.signal, ref: false }).catch(() => {});
  }
}

async function changesAfter(db: Db, last: number, late: readonly number[]): Promise<readonly Change[]> {
  return db
    .query<Tables>()
    .selectFrom('changes')
    .selectAll()
    .where((eb) =>
      late.length === 0 ? eb('seq', '>', last) : eb.or([eb('seq', '>', last), eb('seq', 'in', late)]),
    )
    .orderBy('seq')
    .limit(500)
    .execute();
}
