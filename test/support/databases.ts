import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import pg from 'pg';
import { type Db, type DialectName, type Migration, migrate, openDatabase } from '../../src/db/index.ts';
import { testPostgres } from './postgres.ts';

/** A fresh database of one test. */
export interface TestDatabase extends Db {
  /** What `openDatabase` takes, for a second connection or another process. */
  readonly address: string;
}

/** Makes an empty database with the migrations applied; it is closed and removed when its suite ends. */
export type OpenTestDatabase = (migrations?: readonly Migration[]) => Promise<TestDatabase>;

/** Declares a suite once for SQLite and once for Postgres; the tests call `open` for a fresh database each. */
export function forEachDatabase(body: (name: DialectName, open: OpenTestDatabase) => void): void {
  describe('on sqlite', () => body('sqlite', opener(makeSqlite)));
  describe('on postgres', () => body('postgres', opener(makePostgres)));
}

/** Counts the statements that `work` runs through the Db that it is given (also those inside transactions). */
export async function countQueries(db: Db, work: (db: Db) => Promise<unknown>): Promise<number> {
  let count = 0;
  const counted = (inner: Db): Db => ({
    ...inner,
    query: <Tables>() =>
      inner.query<Tables>().withPlugin({
        transformQuery: ({ node }) => {
          count++;
          return node;
        },
        transformResult: async ({ result }) => result,
      }),
    transaction: (task) => inner.transaction((trx) => task(counted(trx))),
  });
  await work(counted(db));
  return count;
}

interface EmptyDatabase {
  readonly address: string;
  remove(): void | Promise<void>;
}

function opener(make: () => Promise<EmptyDatabase>): OpenTestDatabase {
  const cleanups: (() => void | Promise<void>)[] = [];
  // At the end of the suite, not of the test: a test's own hooks may still need the database.
  after(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });
  return async (migrations = []) => {
    const { address, remove } = await make();
    cleanups.push(remove);
    const db = openDatabase(address);
    cleanups.push(() => db.close());
    if (migrations.length > 0) await migrate(db, migrations, Date.now());
    return { ...db, address };
  };
}

async function makeSqlite(): Promise<EmptyDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-db-'));
  return {
    address: join(folder, 'test.sqlite'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function makePostgres(): Promise<EmptyDatabase> {
  const server = await testPostgres();
  const name = `t_${randomBytes(8).toString('hex')}`;
  await onServer(server.urlOf('postgres'), `create database ${name}`);
  return {
    address: server.urlOf(name),
    remove: () => onServer(server.urlOf('postgres'), `drop database if exists ${name} with (force)`),
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
