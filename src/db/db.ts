import type { Kysely, Transaction } from 'kysely';

/** Which engine answers; nothing outside db/dialect, the claim of a job and the search indexes may ask. */
export type DialectName = 'sqlite' | 'postgres';

/**
 * A database, or an open transaction on one. Times in it are epoch milliseconds, ids are text, JSON is text.
 * A room names its own tables: `db.query<LinksTables>()`.
 */
export interface Db {
  readonly dialect: DialectName;
  /** Where the database is, fit for an error message: a path, or an address without its password. */
  readonly place: string;
  query<Tables>(): Kysely<Tables>;
  /** Runs `work` in one transaction (the one that is open, if one is); rolls back where it throws. */
  transaction<R>(work: (trx: Db) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

/** Wraps a Kysely instance as a Db. */
export function dbOver(kysely: Kysely<unknown>, dialect: DialectName, place: string): Db {
  return {
    dialect,
    place,
    query: <Tables>() => kysely as unknown as Kysely<Tables>,
    transaction: (work) => kysely.transaction().execute((trx) => work(dbInside(trx, dialect, place))),
    close: () => kysely.destroy(),
  };
}

function dbInside(trx: Transaction<unknown>, dialect: DialectName, place: string): Db {
  const self: Db = {
    dialect,
    place,
    query: <Tables>() => trx as unknown as Kysely<Tables>,
    transaction: (work) => work(self),
    close: () => Promise.resolve(),
  };
  return self;
}
