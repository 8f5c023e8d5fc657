// Run by tests as a process of its own: locks a SQLite file for some milliseconds, or migrates a database.
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate, openDatabase } from '../../src/db/index.ts';
import { linksTestMigrations } from './links.ts';

const [task, address, argument] = process.argv.slice(2);
process.stdin.resume().on('end', () => process.exit());
if (task === 'lock') {
  const database = new DatabaseSync(address!);
  database.exec('begin exclusive');
  console.log('locked');
  await sleep(Number(argument));
  database.exec('rollback');
} else {
  console.log('ready');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const db = openDatabase(address!);
  await migrate(db, linksTestMigrations, Date.now());
  await db.close();
  console.log('migrated');
}
process.exit();
