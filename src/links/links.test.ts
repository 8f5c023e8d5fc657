import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  createTestClock,
  createTestLinks,
  linksTestMigrations,
  makeSnapshot,
} from '../../test/support/links.ts';
import { newId } from '../kernel/index.ts';
import { BadLinksError } from './index.ts';

forEachDatabase((_name, open) => {
  const setUp = async () => {
    const db = await open(linksTestMigrations);
    const clock = createTestClock();
    return { db, clock, ...createTestLinks(db, clock) };
  };
  const add = async ({ links }: Awaited<ReturnType<typeof setUp>>, url: string, tags: string[] = []) =>
    (await links.add([{ url, tags }]))[0]!.link;

  test('add() keeps the link as it was given, with its capture job', async () => {
    const room = await setUp();
    const [added] = await room.links.add([
      {
        url: ' HTTPS://Example.com/A?utm_source=x#s ',
        tags: ['Docs/OCP', 'a'],
        note: 'n',
        title: ' My  title ',
      },
    ]);
    const { link } = added!;
    assert.equal(added?.created, true);
    assert.deepEqual(
      [
        link.url,
        link.host,
        link.title,
        link.ownTitle,
        link.note,
        link.tags,
        link.snapshot,
        link.snapshotCount,
      ],
      [
        'HTTPS://Example.com/A?utm_source=x#s',
        'example.com',
        'My title',
        'My title',
        'n',
        ['a', 'Docs/OCP'],
        null,
        0,
      ],
    );
    assert.deepEqual(
      [link.job?.kind, link.job?.state, link.job?.payload],
      ['capture', 'queued', { linkId: link.id }],
    );
    assert.deepEqual(await room.links.get(link.id), link);
  });

  test('add() finds a link again in another spelling, adds to its tags and keeps its note', async () => {
    const room = await setUp();
    const first = (await room.links.add([{ url: 'https://example.com/a', tags: ['one'], note: 'kept' }]))[0]!
      .link;
    const again = await room.links.add([
      { url: 'EXAMPLE.com:443/a?fbclid=1#top', tags: ['ONE', 'two'], note: 'other', title: 'T' },
      { url: 'https://example.com/b' },
      { url: 'https://example.com/b#x', tags: ['three'] },
    ]);
    assert.deepEqual(
      again.map((one) => one.created),
      [false, true, false],
    );
    const [known, fresh, twin] = again.map((one) => one.link);
    assert.deepEqual(
      [known?.id, known?.url, known?.note, known?.tags],
      [first.id, first.url, 'kept', ['one', 'two']],
    );
    assert.deepEqual([known?.title, known?.job?.id], ['T', first.job?.id]);
    assert.deepEqual([fresh?.id, fresh?.tags], [twin?.id, ['three']]);
    assert.equal((await room.links.query({})).total, 2);
    assert.equal((await room.jobs.list()).length, 2);
  });

  test('add() refuses all with the place of each bad one and stores nothing', async () => {
    const room = await setUp();
    const bad = room.links.add([
      { url: 'https://example.com/good' },
      { url: 'file:///etc/passwd', tags: ['a,b'] },
      { url: 'https://u:secret@example.com' },
      { url: 'https://example.com/', note: 'x'.repeat(100_001), title: 'x'.repeat(1_001) },
    ]);
    await assert.rejects(bad, (error: BadLinksError) => {
      assert.ok(error instanceof BadLinksError);
      assert.deepEqual(
        [error.code, error.kind, error.details],
        ['links.badLinks', 'invalid', { bad: 3, total: 4, number: 2 }],
      );
      assert.deepEqual(
        error.issues.map((issue) => [issue.index, issue.field, issue.error.code]),
        [
          [1, 'url', 'links.refusedScheme'],
          [1, 'tags', 'links.badTag'],
          [2, 'url', 'links.credentials'],
          [3, 'note', 'links.textTooLong'],
          [3, 'title', 'links.textTooLong'],
        ],
      );
      return true;
    });
    assert.equal((await room.links.query({})).total, 0);
    assert.deepEqual(await room.jobs.list(), []);
  });

  test('add() lets a person overtake the bulk import of the same link, and tries a failed one again', async () => {
    const room = await setUp();
    const [bulk] = await room.links.add([{ url: 'example.com/a' }], { lane: 'bulk' });
    assert.equal(bulk?.link.job?.lane, 'bulk');
    assert.equal((await add(room, 'example.com/a')).job?.lane, 'person');
    await room.jobs.cancel(bulk!.link.job!.id);
    const again = await add(room, 'example.com/a');
    assert.equal(again.job?.state, 'queued');
    assert.notEqual(again.job?.id, bulk?.link.job?.id);
  });

  test('recordSnapshot() shows the newest good snapshot; a bad one never takes its place', async () => {
    const room = await setUp();
    const { id } = await add(room, 'example.com/a');
    const shown = async () => {
      const link = await room.links.get(id);
      return [link.snapshot?.title, link.title, link.snapshotCount];
    };
    const record = (
      title: string,
      verdict: 'good' | 'failed' | 'truncated',
      takenAt: number,
      searchText = title,
    ) => room.links.recordSnapshot(makeSnapshot({ linkId: id, title, verdict, takenAt, searchText }));
    await record('bad1', 'failed', 1_000);
    assert.deepEqual(await shown(), ['bad1', 'bad1', 1]);
    await record('bad2', 'truncated', 2_000);
    assert.deepEqual(await shown(), ['bad2', 'bad2', 2]);
    await record('good1', 'good', 1_500, 'zebra');
    assert.deepEqual(await shown(), ['good1', 'good1', 3]);
    await record('bad3', 'failed', 4_000, 'giraffe');
    assert.deepEqual(await shown(), ['good1', 'good1', 4]);
    await record('good0', 'good', 1_200, 'giraffe');
    assert.deepEqual(await shown(), ['good1', 'good1', 5]);
    assert.equal((await room.links.query({ q: 'giraffe' })).total, 0);
    assert.equal((await room.links.query({ q: 'zebra' })).total, 1);
    await record('good2', 'good', 5_000);
    assert.deepEqual(await shown(), ['good2', 'good2', 6]);
    assert.deepEqual(
      (await room.links.snapshots(id)).map((one) => one.title),
      ['good2', 'bad3', 'bad2', 'good1', 'good0', 'bad1'],
    );
  });

  test('recordSnapshot() keeps one snapshot per job, also when handed in twice at once', async () => {
    const room = await setUp();
    const { id } = await add(room, 'example.com/a');
    const snapshot = makeSnapshot({
      linkId: id,
      evidence: [{ code: 'timeCap', details: { limitMs: 1, stage: 'x' } }],
    });
    const [one, two] = await Promise.all([
      room.links.recordSnapshot(snapshot),
      room.links.recordSnapshot(snapshot),
    ]);
    assert.deepEqual(one, two);
    const { jobId: _job, searchText: _text, ...kept } = snapshot;
    assert.deepEqual(one, { ...kept, id: one.id });
    assert.equal((await room.links.snapshots(id)).length, 1);
    await assert.rejects(room.links.recordSnapshot(makeSnapshot({ linkId: newId() })), {
      code: 'links.notFound',
    });
  });

  test('recordSnapshot() keeps what no database can keep as it is: NULs, half characters, endless text', async () => {
    const room = await setUp();
    const { id } = await add(room, 'example.com/a');
    const title = 'a\u0000b\ud800c';
    await room.links.recordSnapshot(
      makeSnapshot({ linkId: id, title, searchText: `\u0000\ud800 needle ${'x '.repeat(1_500_000)} beyond` }),
    );
    assert.equal((await room.links.get(id)).title, 'a\ufffdb\ufffdc');
    assert.equal((await room.links.query({ q: 'needle' })).total, 1);
    assert.equal((await room.links.query({ q: 'beyond' })).total, 0);
  });

  test('getSnapshot() takes a snapshot, a digest or a link', async () => {
    const room = await setUp();
    const { id } = await add(room, 'example.com/a');
    await assert.rejects(room.links.getSnapshot(id), { code: 'links.noSnapshot' });
    const snapshot = await room.links.recordSnapshot(makeSnapshot({ linkId: id }));
    for (const ref of [id, snapshot.id, snapshot.digest!])
      assert.deepEqual(await room.links.getSnapshot(ref), snapshot);
    assert.deepEqual(await room.links.findSnapshot(snapshot.id), snapshot);
    for (const ref of ['none', 'a\u0000b', '', `sha256:${'0'.repeat(64)}`, "'; drop table links"])
      await assert.rejects(room.links.getSnapshot(ref), { code: 'links.noSnapshot' });
  });

  test('addFormat() keeps every format once, also when two are added at once', async () => {
    const room = await setUp();
    const { id } = await add(room, 'example.com/a');
    const snapshot = await room.links.recordSnapshot(makeSnapshot({ linkId: id, formats: ['html'] }));
    await Promise.all(
      (['pdf', 'wacz', 'pdf'] as const).map((format) => room.links.addFormat(snapshot.id, format)),
    );
    const formats = (await room.links.findSnapshot(snapshot.id))!.formats;
    assert.deepEqual(formats.toSorted(), ['html', 'pdf', 'wacz']);
    await assert.rejects(room.links.addFormat('none', 'pdf'), { code: 'links.noSnapshot' });
  });

  test('edit() changes title and note, gives the title of the snapshot back, and keeps the text findable', async () => {
    const room = await setUp();
    const { id } = await add(room, 'example.com/a');
    await room.links.recordSnapshot(makeSnapshot({ linkId: id, title: 'Theirs', searchText: 'zebra' }));
    room.clock.advance(1_000);
    const mine = await room.links.edit(id, { title: 'Mine', note: 'remember' });
    assert.deepEqual([mine.title, mine.ownTitle, mine.note], ['Mine', 'Mine', 'remember']);
    assert.ok(mine.updatedAt > mine.addedAt);
    for (const q of ['mine', 'remember', 'zebra', 'title:mine'])
      assert.equal((await room.links.query({ q })).total, 1, q);
    const theirs = await room.links.edit(id, { title: null });
    assert.deepEqual([theirs.title, theirs.ownTitle, theirs.note], ['Theirs', null, 'remember']);
    assert.equal((await room.links.query({ q: 'mine' })).total, 0);
    await assert.rejects(room.links.edit('none', { note: '' }), { code: 'links.notFound' });
    await assert.rejects(room.links.edit(id, { title: 'x'.repeat(2_000) }), { code: 'links.textTooLong' });
  });

  test('tags have levels, one identity whatever the case, and the case first written', async () => {
    const room = await setUp();
    const [a, b] = [
      await add(room, 'example.com/a', ['OCP/4.5']),
      await add(room, 'example.com/b', ['ocp/4.6', 'x']),
    ];
    await room.links.tag([a.id, b.id, newId(), 'a\u0000b'], {
      add: ['ocp/4.5', 'Neu'],
      remove: ['X', 'none'],
    });
    assert.deepEqual((await room.links.get(b.id)).tags, ['Neu', 'OCP/4.5', 'ocp/4.6']);
    assert.deepEqual(await room.links.tags(), [
      { tag: 'Neu', links: 2 },
      { tag: 'OCP', links: 2 },
      { tag: 'OCP/4.5', links: 2 },
      { tag: 'ocp/4.6', links: 1 },
    ]);
    for (const [q, total] of [
      ['tag:ocp', 2],
      ['tag:OCP/4.6', 1],
      ['tag:oc', 0],
      ['tag:x', 0],
      ['is:untagged', 0],
    ] as const)
      assert.equal((await room.links.query({ q })).total, total, q);
    await room.links.tag([a.id, b.id], { remove: ['neu'] });
    await room.links.tag([a.id], { add: ['NEU'] });
    assert.deepEqual((await room.links.get(a.id)).tags, ['NEU', 'OCP/4.5']);
    await assert.rejects(room.links.tag([a.id], { add: ['a,b'] }), { code: 'links.badTag' });
  });

  test('requestSnapshot() gives the capture under way, and a new one when that has ended', async () => {
    const room = await setUp();
    const link = await add(room, 'example.com/a');
    assert.equal((await room.links.requestSnapshot(link.id)).id, link.job?.id);
    await room.jobs.cancel(link.job!.id);
    const next = await room.links.requestSnapshot(link.id, { lane: 'bulk' });
    assert.deepEqual([(await room.links.get(link.id)).job?.id, next.lane], [next.id, 'bulk']);
    await room.links.remove([link.id]);
    await assert.rejects(room.links.requestSnapshot(link.id), { code: 'links.inTrash' });
    await assert.rejects(room.links.requestSnapshot('none'), { code: 'links.notFound' });
  });
});
