import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  type Change,
  changesMigrations,
  type Db,
  lastChange,
  openDatabase,
  recordChange,
  trimChanges,
  watchChanges,
} from './index.ts';

/** Watches until `count` changes have come. */
async function take(db: Db, since: number, count: number): Promise<readonly Change[]> {
  const stop = new AbortController();
  const seen: Change[] = [];
  for await (const changes of watchChanges(db, since, { signal: stop.signal, everyMs: 5 })) {
    seen.push(...changes);
    if (seen.length >= count) stop.abort();
  }
  return seen;
}
const refs = (changes: readonly Change[]) => changes.map((change) => change.ref);

forEachDatabase((name, open) => {
  test('watchChanges() tells what came after, in order, from whichever connection', {
    timeout: 30_000,
  }, async (t) => {
    const db = await open(changesMigrations);
    const other = openDatabase(db.address);
    t.after(() => other.close());
    await recordChange(db, 'a', 'before');
    const since = await lastChange(db);
    const watching = take(db, since, 3);
    await recordChange(other, 'a', 'one');
    await db.transaction((trx) => recordChange(trx, 'b', 'two'));
    await recordChange(other, 'a', 'three');
    assert.deepEqual(refs(await watching), ['one', 'two', 'three']);
    assert.deepEqual(refs(await take(db, since + 1, 2)), ['two', 'three']);
  });

  test('watchChanges() tells nothing that was rolled back', { timeout: 30_000 }, async () => {
    const db = await open(changesMigrations);
    const watching = take(db, 0, 1);
    await assert.rejects(
      db.transaction(async (trx) => {
        await recordChange(trx, 'a', 'undone');
        throw new Error('no');
      }),
    );
    await recordChange(db, 'a', 'done');
    assert.deepEqual(refs(await watching), ['done']);
  });

  if (name === 'postgres')
    test('watchChanges() tells a change that was numbered early and committed late', {
      timeout: 30_000,
    }, async () => {
      const db = await open(changesMigrations);
      const recorded = Promise.withResolvers<void>();
      const finish = Promise.withResolvers<void>();
      const late = db.transaction(async (trx) => {
        await recordChange(trx, 'a', 'late');
        recorded.resolve();
        await finish.promise;
      });
      await recorded.promise;
      await recordChange(db, 'a', 'early');
      const stop = new AbortController();
      const seen: string[] = [];
      for await (const changes of watchChanges(db, 0, { signal: stop.signal, everyMs: 5 })) {
        seen.push(...refs(changes));
        if (seen.length === 1) finish.resolve();
        if (seen.length === 2) stop.abort();
      }
      await late;
      assert.deepEqual(seen, ['early', 'late']);
    });

  test('trimChanges() keeps the newest, and a listener from long ago gets those', {
    timeout: 30_000,
  }, async () => {
    const db = await open(changesMigrations);
    await db.transaction(async (trx) => {
      for (let n = 1; n <= 5_010; n++) await recordChange(trx, 'a', `${n}`);
    });
    await trimChanges(db);
    const kept = await take(db, 0, 5_000);
    assert.deepEqual([kept.length, kept[0]?.ref, kept.at(-1)?.ref], [5_000, '11', '5010']);
    assert.equal(await lastChange(db), 5_010);
  });
});
