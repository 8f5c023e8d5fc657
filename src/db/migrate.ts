import { sql } from 'kysely';
import type { Db } from './db.ts';
import { dbErrors } from './errors.ts';

/** One step of a room's schema. `name` is `<room>-<number>-<what>`, unique and never changed once released. */
export interface Migration {
  readonly name: string;
  up(db: Db): Promise<void>;
}

interface Tables {
  holdfast_migrations: { name: string; applied_at: number };
}

/** The advisory lock that keeps two servers from migrating one Postgres database at the same time. */
const migrationLock = 8_420_001;

/**
 * Applies the steps that the database does not have yet, in the order given, each room's together with its
 * record in one transaction. Throws `db.newer` where the database has a step that this program does not know.
 */
export async function migrate(db: Db, migrations: readonly Migration[], nowMs: number): Promise<void> {
  await db.transaction(async (trx) => {
    if (trx.dialect === 'postgres')
      await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(trx.query());
    // Under the lock, because "if not exists" does not hold off two who create at the same moment.
    await sql`create table if not exists holdfast_migrations (name text primary key, applied_at bigint not null)`.execute(
      trx.query(),
    );
    const rows = await trx.query<Tables>().selectFrom('holdfast_migrations').select('name').execute();
    const applied = new Set(rows.map((row) => row.name));
    for (const name of applied) {
      if (!migrations.some((m) => m.name === name))
        throw dbErrors.newer({ place: db.place, migration: name });
    }
    for (const migration of migrations) {
      if (applied.has(migration.name)) continue;
      await migration.up(trx);
      await trx
        .query<Tables>()
        .insertInto('holdfast_migrations')
        .values({ name: migration.name, applied_at: nowMs })
        .execute();
    }
  });
}
