import { closeSync, mkdirSync, openSync } from 'node:fs';
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
  makePrivate(address);
  return openSqlite(address, options.lockWaitMs);
}

/** SQLite would make a file that everybody may read who can reach it; its journals take the mode of the database. */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch {
    // What is wrong with the place, the first statement says.
  }
}
