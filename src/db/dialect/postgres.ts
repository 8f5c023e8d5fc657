import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Db, dbOver } from '../db.ts';

/** The OID of `int8`: epoch milliseconds and sizes fit a double exactly, so they come back as numbers. */
const int8 = 20;

/** Opens a Postgres database by its address (`postgres://…`); the pool holds at most 10 connections. */
export function openPostgres(url: string): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as never,
    },
  });
  // Without a listener, an idle connection that the server closes would end the process.
  pool.on('error', () => {});
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  return dbOver(new Kysely({ dialect: new PostgresDialect({ pool }) }), 'postgres', shown.href);
}
