import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachDatabase } from '../../test/support/databases.ts';
import { changesMigrations, lastChange, recordChange } from './index.ts';

forEachDatabase((_name, open) => {
  test('smoke', async () => {
    const db = await open(changesMigrations);
    await recordChange(db, 'a', 'b');
    assert.equal(await lastChange(db), 1);
  });
  test('smoke2', async () => {
    const db = await open(changesMigrations);
    assert.equal(await lastChange(db), 0);
  });
});
