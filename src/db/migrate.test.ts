import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startChild } from '../../test/support/child.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { linksTestMigrations } from '../../test/support/links.ts';
import { changesMigrations, type Db, lastChange, type Migration, migrate } from './index.ts';

const child = new URL('../../test/support/db-child.ts', import.meta.url);
const create = (name: string, table: string): Migration => ({
  name,
  up: async (db) => void (await sql`create table ${sql.table(table)} (id text)`.execute(db.query())),
});
const hasTable = (db: Db, table: string) =>
  sql`select count(*) from ${sql.table(table)}`.execute(db.query()).then(
    () => true,
    () => false,
  );

forEachDatabase((_name, open) => {
  test('migrate() applies each step once and later ones afterwards', async () => {
    const db = await open();
    await migrate(db, [create('a-1', 'one')], 1);
    await migrate(db, [create('a-1', 'one')], 2);
    await migrate(db, [create('b-1', 'two'), create('a-1', 'one')], 3);
    assert.ok((await hasTable(db, 'one')) && (await hasTable(db, 'two')));
    const { rows } = await sql`select name, applied_at from holdfast_migrations order by applied_at`.execute(
      db.query(),
    );
    assert.deepEqual(
      rows.map((row) => ({ ...(row as object) })),
      [
        { name: 'a-1', applied_at: 1 },
        { name: 'b-1', applied_at: 3 },
      ],
    );
  });

  test('migrate() leaves nothing of a step that fails, nor of those before it', async () => {
    const db = await open();
    const broken: Migration = {
      name: 'a-2',
      up: async (trx) => {
        await create('', 'two').up(trx);
        throw new Error('broken');
      },
    };
    await assert.rejects(migrate(db, [create('a-1', 'one'), broken], 1), /^Error: broken$/);
    assert.deepEqual([await hasTable(db, 'one'), await hasTable(db, 'two')], [false, false]);
    await migrate(db, [create('a-1', 'one'), create('a-2', 'two')], 2);
    assert.ok(await hasTable(db, 'two'));
  });

  test('migrate() refuses a database that a newer program wrote, and changes nothing', async () => {
    const db = await open([create('a-1', 'one'), create('a-2', 'two')]);
    await assert.rejects(migrate(db, [create('a-1', 'one'), create('b-1', 'three')], 2), {
      code: 'db.newer',
      kind: 'unsupported',
      details: { place: db.place, migration: 'a-2' },
    });
    assert.equal(await hasTable(db, 'three'), false);
  });

  test('several processes can migrate one database at the same moment', { timeout: 60_000 }, async () => {
    const db = await open();
    const children = [1, 2, 3].map(() => startChild(child, ['migrate', db.address]));
    for (const one of children) assert.equal(await one.line(), 'ready');
    for (const one of children) one.process.stdin!.write('go\n');
    for (const one of children) assert.equal(await one.line(), 'migrated');
    await migrate(db, linksTestMigrations, Date.now());
    assert.equal(await lastChange(db), 0);
    const names = await sql<{ name: string }>`select name from holdfast_migrations`.execute(db.query());
    assert.equal(names.rows.length, linksTestMigrations.length);
    assert.ok(names.rows.length > changesMigrations.length);
  });
});
