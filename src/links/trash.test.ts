import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  createTestClock,
  createTestLinks,
  linksTestMigrations,
  makeSnapshot,
} from '../../test/support/links.ts';
import { lastChange, watchChanges } from '../db/index.ts';
import { newId } from '../kernel/index.ts';

forEachDatabase((_name, open) => {
  const setUp = async () => {
    const db = await open(linksTestMigrations);
    const clock = createTestClock();
    return { db, clock, ...createTestLinks(db, clock) };
  };
  const add = async ({ links }: Awaited<ReturnType<typeof setUp>>, url: string, tags: string[] = []) =>
    (await links.add([{ url, tags }]))[0]!.link;

  test('the trash hides, gives back and ends links', async () => {
    const room = await setUp();
    const [a, b] = [await add(room, 'example.com/a', ['t']), await add(room, 'example.com/b')];
    const { digest } = await room.links.recordSnapshot(makeSnapshot({ linkId: a.id, searchText: 'zebra' }));
    assert.equal(await room.links.purge([a.id]), 0);
    assert.equal(await room.links.remove([a.id, b.id, newId()]), 2);
    assert.equal(await room.links.remove([a.id]), 0);
    assert.equal((await room.links.get(b.id)).job?.state, 'cancelled');
    assert.deepEqual(
      [(await room.links.query({})).total, (await room.links.query({ q: 'zebra' })).total],
      [0, 0],
    );
    assert.equal((await room.links.query({ trash: true })).total, 2);
    assert.equal((await room.links.query({ q: 'zebra', trash: true })).total, 1);
    assert.equal((await room.links.query({ q: 'is:trashed zebra' })).total, 1);
    assert.deepEqual(await room.links.tags(), []);
    assert.deepEqual(await Array.fromAsync(room.links.heldManifests()), [digest]);

    assert.equal(await room.links.restore([b.id]), 1);
    assert.equal((await room.links.get(b.id)).job?.state, 'queued');
    assert.deepEqual(
      [(await add(room, 'example.com/A#x')).id === a.id, (await add(room, 'example.com/a')).id],
      [false, a.id],
    );
    assert.equal((await room.links.get(a.id)).deletedAt, null);

    await room.links.remove([a.id]);
    room.clock.advance(29 * 86_400_000);
    assert.equal(await room.links.purgeExpired(30 * 86_400_000), 0);
    room.clock.advance(2 * 86_400_000);
    assert.equal(await room.links.purgeExpired(30 * 86_400_000), 1);
    assert.equal(await room.links.find(a.id), undefined);
    assert.deepEqual(await room.links.snapshots(a.id), []);
    assert.deepEqual(await Array.fromAsync(room.links.heldManifests()), []);
    assert.equal((await room.links.query({ q: 'zebra', trash: true })).total, 0);
    assert.equal((await add(room, 'example.com/a')).snapshotCount, 0);
  });

  test('every change is told, and none that was rolled back', async () => {
    const room = await setUp();
    const { id } = await add(room, 'example.com/a', ['T']);
    const told = async (work: () => Promise<unknown>) => {
      const since = await lastChange(room.db);
      await work();
      const stop = new AbortController();
      const watch = watchChanges(room.db, since, { signal: stop.signal, everyMs: 1 });
      setTimeout(() => stop.abort(), 50);
      const changes = (await Array.fromAsync(watch)).flat();
      return [
        ...new Set(changes.map((change) => `${change.topic} ${change.ref === id ? 'it' : change.ref}`)),
      ].sort();
    };
    assert.deepEqual(await told(() => room.links.edit(id, { note: 'n' })), ['link it']);
    assert.deepEqual(await told(() => room.links.tag([id], { add: ['U'], remove: ['t'] })), [
      'link it',
      'tag t',
      'tag u',
    ]);
    assert.deepEqual(await told(() => room.links.tag([id], { add: ['u'] })), []);
    assert.deepEqual(await told(() => room.links.recordSnapshot(makeSnapshot({ linkId: id }))), ['link it']);
    assert.deepEqual(
      await told(() => room.links.add([{ url: 'a.example' }, { url: 'ftp://x' }]).catch(() => {})),
      [],
    );
    assert.deepEqual(await told(() => room.links.purge([id])), []);
    const trash = await told(() => room.links.remove([id]));
    assert.ok(trash.includes('link it') && trash.includes('tag *'));
  });
});
