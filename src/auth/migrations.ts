import { sql } from 'kysely';
import type { Migration } from '../db/index.ts';

/** The tables of users, sessions and API tokens. */
export const authMigrations: readonly Migration[] = [
  {
    name: 'auth-1-users',
    async up(db) {
      const run = (statement: ReturnType<typeof sql>) => statement.execute(db.query());
      await run(sql`create table auth_users (
        id text primary key,
        name text not null,
        name_key text not null unique,
        role text not null,
        password_hash text not null,
        created_at bigint not null,
        updated_at bigint not null
      )`);
      await run(sql`create table auth_sessions (
        secret_hash text primary key,
        user_id text not null references auth_users (id) on delete cascade,
        created_at bigint not null,
        expires_at bigint not null
      )`);
      await run(sql`create index auth_sessions_user on auth_sessions (user_id)`);
      await run(sql`create table auth_tokens (
        id text primary key,
        user_id text not null references auth_users (id) on delete cascade,
        name text not null,
        token_hash text not null unique,
        created_at bigint not null,
        last_used_at bigint
      )`);
      await run(sql`create index auth_tokens_user on auth_tokens (user_id)`);
      // One row, so that of two people who set up at the same moment one waits for the other and loses.
      await run(sql`create table auth_setup (id integer primary key, done_at bigint)`);
      await run(sql`insert into auth_setup (id, done_at) values (1, null)`);
    },
  },
];
