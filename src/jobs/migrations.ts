import { sql } from 'kysely';
import type { Migration } from '../db/index.ts';

/** The tables of the queue: `jobs`, and `job_runners` with a row for each runner that lives. */
export const jobsMigrations: readonly Migration[] = [
  {
    name: 'jobs-1-queue',
    async up(db) {
      const q = db.query();
      await sql`create table jobs (
        id text primary key,
        kind text not null,
        lane text not null,
        lane_rank integer not null,
        payload text not null,
        state text not null,
        attempts integer not null,
        max_attempts integer not null,
        run_at bigint not null,
        unique_key text,
        owner text,
        lease_until bigint,
        cancel_asked integer not null,
        progress text,
        fault text,
        created_at bigint not null,
        updated_at bigint not null
      )`.execute(q);
      await sql`create unique index jobs_active_key on jobs (unique_key)
        where state in ('queued', 'running')`.execute(q);
      await sql`create index jobs_queued on jobs (lane_rank, run_at, id) where state = 'queued'`.execute(q);
      await sql`create index jobs_running on jobs (lease_until) where state = 'running'`.execute(q);
      await sql`create index jobs_by_state on jobs (state, updated_at, id)`.execute(q);
      await sql`create table job_runners (
        id text primary key,
        serves_all integer not null,
        seen_at bigint not null
      )`.execute(q);
    },
  },
];
