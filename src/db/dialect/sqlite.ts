import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { type Db, dbOver } from '../db.ts';
import { dbErrors } from '../errors.ts';

/** The longest that one statement waits for another process's lock before it fails with `db.locked`. */
const usualLockWaitMs = 15_000;
/** SQLite's own wait blocks the event loop, so it is kept short and the rest is waited asynchronously. */
const blockingWaitMs = 50;

/** Opens (and makes) a SQLite file through node:sqlite: WAL, synchronous=FULL, foreign keys on. */
export function openSqlite(path: string, lockWaitMs = usualLockWaitMs): Db {
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new PatientDriver(path, lockWaitMs),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return dbOver(new Kysely({ dialect }), 'sqlite', path);
}

function openFile(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: blockingWaitMs });
  try {
    database.exec('PRAGMA journal_mode = WAL');
    // NORMAL would lose the last answered link when the power fails.
    database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

async function patiently<R>(place: string, lockWaitMs: number, attempt: () => R | Promise<R>): Promise<R> {
  const deadline = performance.now() + lockWaitMs;
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 200)) {
    try {
      return await attempt();
    } catch (error) {
      if (resultOf(error) === 13) throw dbErrors.full({ place }, { cause: error });
      if (!isBusy(error)) throw error;
      if (performance.now() > deadline) throw dbErrors.locked({ place }, { cause: error });
      await sleep(pauseMs);
    }
  }
}

function isBusy(error: unknown): boolean {
  const code = resultOf(error);
  return code === 5 || code === 6;
}

/** SQLite's result code: 5 is SQLITE_BUSY, 6 SQLITE_LOCKED, 13 SQLITE_FULL; extended codes keep it in the low byte. */
function resultOf(error: unknown): number | undefined {
  const code = (error as { errcode?: number }).errcode;
  return code === undefined ? undefined : code & 0xff;
}

class PatientDriver implements Driver {
  readonly #inner: SqliteDriver;
  readonly #place: string;
  readonly #lockWaitMs: number;
  #wrapped: { inner: DatabaseConnection; outer: DatabaseConnection } | undefined;

  constructor(path: string, lockWaitMs: number) {
    this.#place = path;
    this.#lockWaitMs = lockWaitMs;
    this.#inner = new SqliteDriver({
      database: async () => {
        const database = await patiently(path, lockWaitMs, () => openFile(path));
        // Statements are prepared once and kept: preparing costs more than most of our queries.
        const kept = new Map<string, ReturnType<typeof asKyselyStatement>>();
        return {
          close: () => database.close(),
          prepare: (text) => {
            // A deferred transaction that turns writer later fails at once instead of waiting.
            const sql = text === 'begin' ? 'begin immediate' : text;
            const known = kept.get(sql);
            if (known) return known;
            const statement = asKyselyStatement(database, sql);
            if (kept.size >= 400) kept.clear();
            kept.set(sql, statement);
            return statement;
          },
        };
      },
    });
  }

  init = () => this.#inner.init();
  destroy = () => this.#inner.destroy();
  beginTransaction: Driver['beginTransaction'] = (c) => this.#inner.beginTransaction(c);
  commitTransaction: Driver['commitTransaction'] = (c) => this.#inner.commitTransaction(c);
  rollbackTransaction: Driver['rollbackTransaction'] = async (c) => {
    try {
      await this.#inner.rollbackTransaction(c);
    } catch (error) {
      // SQLite rolls back by itself where the disk is full; that must not hide why.
      if (!/no transaction is active/.test(String(error))) throw error;
    }
  };
  releaseConnection: Driver['releaseConnection'] = () => this.#inner.releaseConnection();

  async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await this.#inner.acquireConnection();
    if (this.#wrapped?.inner !== inner) {
      const place = this.#place;
      const lockWaitMs = this.#lockWaitMs;
      const outer: DatabaseConnection = {
        executeQuery: <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
          patiently(place, lockWaitMs, () => inner.executeQuery<R>(query)),
        streamQuery: (query, size) => inner.streamQuery(query, size),
      };
      this.#wrapped = { inner, outer };
    }
    return this.#wrapped!.outer;
  }
}

function asKyselyStatement(database: DatabaseSync, sql: string) {
  const statement = database.prepare(sql);
  const bind = (values: ReadonlyArray<unknown>) => values as (string | number | null | bigint | Uint8Array)[];
  return {
    reader: statement.columns().length > 0,
    all: (values: ReadonlyArray<unknown>) => statement.all(...bind(values)),
    run: (values: ReadonlyArray<unknown>) => statement.run(...bind(values)),
    iterate: (values: ReadonlyArray<unknown>) => statement.iterate(...bind(values)),
  };
}
