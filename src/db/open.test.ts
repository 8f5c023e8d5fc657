import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { startChild } from '../../test/support/child.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  changesMigrations,
  codePointText,
  lastChange,
  migrate,
  openDatabase,
  recordChange,
  textList,
} from './index.ts';

const child = new URL('../../test/support/db-child.ts', import.meta.url);

async function newPath(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-open-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'data', 'test.sqlite');
}

test('openDatabase() refuses an address that is neither and does not repeat its password', () => {
  assert.throws(
    () => openDatabase('mysql://user:hunter2@host/db'),
    (error: Error & { code: string }) => error.code === 'db.badUrl' && !error.message.includes('hunter2'),
  );
});

test('openDatabase() names a Postgres place without its password', async () => {
  const db = openDatabase('postgres://user:hunter2@db.example/name?sslmode=require');
  assert.equal(db.place, 'postgres://user@db.example/name');
  await db.close();
});

test('openDatabase() makes the folder of a SQLite file for its owner alone', async (t) => {
  const path = await newPath(t);
  const db = openDatabase(path);
  await migrate(db, changesMigrations, 0);
  assert.equal(statSync(dirname(path)).mode & 0o077, 0);
  await db.close();
});

test('openDatabase() makes SQLite files that their owner alone reads, also in a folder open to all', async (t) => {
  const path = await newPath(t);
  await mkdir(dirname(path), { mode: 0o777 });
  await chmod(dirname(path), 0o777);
  const db = openDatabase(path);
  await migrate(db, changesMigrations, 0);
  const files = (await readdir(dirname(path))).sort();
  assert.deepEqual(files, ['test.sqlite', 'test.sqlite-shm', 'test.sqlite-wal']);
  for (const file of files) assert.equal(statSync(join(dirname(path), file)).mode & 0o077, 0, file);
  await db.close();
});

test('a SQLite file that another process has locked is waited for', { timeout: 30_000 }, async (t) => {
  const path = await newPath(t);
  const db = openDatabase(path);
  t.after(() => db.close());
  await migrate(db, changesMigrations, 0);
  const other = startChild(child, ['lock', path, '700']);
  assert.equal(await other.line(), 'locked');
  await Promise.all([recordChange(db, 'a', 'b'), db.transaction((trx) => recordChange(trx, 'c', 'd'))]);
  assert.equal(await lastChange(db), 2);
  await other.ended;
});

test('a SQLite file that stays locked fails with db.locked, does not block, and serves again afterwards', {
  timeout: 30_000,
}, async (t) => {
  const path = await newPath(t);
  const setUp = openDatabase(path);
  await migrate(setUp, changesMigrations, 0);
  await setUp.close();
  const db = openDatabase(path, { lockWaitMs: 300 });
  t.after(() => db.close());
  const other = startChild(child, ['lock', path, '60000']);
  assert.equal(await other.line(), 'locked');
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  const locked = { code: 'db.locked', kind: 'unavailable', details: { place: path } };
  await assert.rejects(recordChange(db, 'a', 'b'), locked);
  await assert.rejects(
    db.transaction((trx) => recordChange(trx, 'a', 'b')),
    locked,
  );
  clearInterval(timer);
  assert.ok(ticks >= 3, `the event loop turned ${ticks} times`);
  await other.kill();
  await db.transaction((trx) => recordChange(trx, 'a', 'b'));
  assert.equal(await lastChange(db), 1);
});

forEachDatabase((_name, open) => {
  test('transaction() keeps all or nothing, also where one is inside another', async () => {
    const db = await open(changesMigrations);
    await assert.rejects(
      db.transaction(async (trx) => {
        await recordChange(trx, 'a', '1');
        await trx.transaction((inner) => recordChange(inner, 'a', '2'));
        throw new Error('no');
      }),
      /^Error: no$/,
    );
    assert.equal(await lastChange(db), 0);
    const given = db.transaction((trx) => recordChange(trx, 'a', '3').then(() => 'given'));
    assert.equal(await given, 'given');
    const { rows } = await sql<{ ref: string }>`select ref from changes`.execute(db.query());
    assert.deepEqual(
      rows.map((row) => row.ref),
      ['3'],
    );
  });

  test('transaction() runs many at once without mixing them', async () => {
    const db = await open(changesMigrations);
    const work = Array.from({ length: 30 }, (_, n) =>
      db.transaction(async (trx) => {
        await recordChange(trx, 't', `${n}`);
        if (n % 3 === 0) throw new Error('no');
        await recordChange(trx, 't', `${n}`);
      }),
    );
    const ended = await Promise.allSettled(work);
    assert.equal(ended.filter((one) => one.status === 'fulfilled').length, 20);
    const { rows } = await sql`select ref from changes group by ref having count(*) = 2`.execute(db.query());
    assert.equal(rows.length, 20);
  });

  test('numbers that fit a double come back as numbers', async () => {
    const db = await open();
    const big = Number.MAX_SAFE_INTEGER;
    const { rows } = await sql<{ n: number }>`select cast(${big} as bigint) as n`.execute(db.query());
    assert.equal(rows[0]?.n, big);
  });

  test('textList() takes any texts in any number, and codePointText() sorts by code point', async () => {
    const db = await open();
    await sql`create table words (word ${codePointText(db)})`.execute(db.query());
    const words = ['B', 'a', '中', '"', "'", '\\', 'é', '', '{x}', '😀'];
    for (const word of words) await sql`insert into words values (${word})`.execute(db.query());
    const many = [...words, ...Array.from({ length: 70_000 }, (_, n) => `word ${n}`)];
    const among = (list: Iterable<string>) =>
      sql<{ word: string }>`select word from words where word in ${textList(db, list)} order by word`
        .execute(db.query())
        .then(({ rows }) => rows.map((row) => row.word));
    assert.deepEqual(await among(many), ['', '"', "'", 'B', '\\', 'a', '{x}', 'é', '中', '😀']);
    assert.deepEqual(await among([]), []);
    assert.deepEqual(await among(new Set(['x', 'a'])), ['a']);
  });
});
