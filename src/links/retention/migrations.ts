import { sql } from 'kysely';
import { codePointText, type Migration } from '../../db/index.ts';

/** The tables of pinned snapshots and of holds. */
export const retentionMigrations: readonly Migration[] = [
  {
    name: 'retention-1-pins-and-holds',
    async up(db) {
      const q = db.query();
      await sql`create table pinned_snapshots (
        snapshot_id ${codePointText(db)} primary key references snapshots (id) on delete cascade,
        pinned_at bigint not null
      )`.execute(q);
      await sql`create table holds (
        id text primary key,
        digests text not null,
        since bigint not null,
        expires_at bigint not null
      )`.execute(q);
    },
  },
];
