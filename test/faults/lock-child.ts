import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

// Holds the write lock of a database: arguments are its path and the milliseconds.
const [path, ms] = process.argv.slice(2);
const database = new DatabaseSync(path!, { timeout: 10_000 });
database.exec('BEGIN EXCLUSIVE');
console.log('locked');
await sleep(Number(ms));
database.exec('ROLLBACK');
database.close();
