import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Db } from './db.ts';
import { openPostgres } from './dialect/postgres.ts';
import { openSqlite } from './dialect/sqlite.ts';
import { dbErrors } from './errors.ts';

export interface OpenOptions {
  /** The longest that one statement waits for another process that has the SQLite file locked; 15 s unless told. */
  readonly lockWaitMs?: number;
}

/** Opens a database: a `postgres://` address, or the path of a SQLite file, whose folder is made. */
export function openDatabase(address: string, options: OpenOptions = {}): Db {
  if (/^postgres(ql)?:\/\//.test(address)) return openPostgres(address);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address))
    throw dbErrors.badUrl({ value: address.replace(/\/\/[^@/]*@/, '//…@') });
  mkdirSync(dirname(address), { recursive: true, mode: 0o700 });
  return openSqlite(address, options.lockWaitMs);
}
