import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { hasCode } from '../kernel/index.ts';
import { verifyBlobs } from '../store/index.ts';
import { chunkBytes } from './limits.ts';
import { verifyBundle } from './read/verify-bundle.ts';
import { keepImage, keepPage, noise } from './testing/keep.ts';
import { openWorld, scratchFolder, type World } from './testing/world.ts';

const facts = async ({ links }: World) => {
  const { links: all } = await links.query({ sort: 'title', limit: 100 });
  return Promise.all(
    all.map(async ({ id, url, ownTitle, note, tags, job }) => {
      const snapshots = (await links.snapshots(id)).map(({ id: _id, linkId: _link, ...rest }) => rest);
      return { url, ownTitle, note, tags, job, snapshots };
    }),
  );
};
const digests = async ({ store }: World) =>
  (await Array.fromAsync(store.list())).map(({ digest }) => digest).sort();

describe('a bundle', () => {
  test('carries links, tags, notes, snapshots, what was made later, and every blob, to another store', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    await keepPage(here, {
      url: 'https://example.com/a',
      parts: [noise(100, 1), noise(5_000_000, 2)],
      tags: ['ocp/4.5', '离线'],
      note: 'a note',
      title: 'My title',
      pdf: noise(700, 3),
    });
    const shared = await keepPage(here, {
      url: 'https://example.com/b',
      parts: [noise(100, 1), noise(0, 1)],
    });
    await keepPage(here, {
      url: 'https://example.com/b',
      parts: [noise(1, 9)],
      change: { verdict: 'blank' },
    });
    const seen: number[] = [];
    const plan = await here.export({
      to: bundle.path,
      selection: { all: true, history: true },
      onProgress: ({ done, total }) => seen.push(done / total!),
    });
    assert.deepEqual([plan.links, plan.snapshots, plan.parts], [2, 3, 1]);
    assert.equal(seen.at(-1), 1);
    assert.deepEqual((await readdir(bundle.path)).sort(), ['bundle.json', 'part-0001']);

    const verified = await verifyBundle(bundle.path);
    assert.equal(verified.ok, true);
    const done = await there.import(bundle.path);
    assert.deepEqual([done.ok, done.created, done.recorded, done.held], [true, 2, 3, 0]);
    assert.deepEqual(await facts(there), await facts(here));
    assert.deepEqual(await digests(there), await digests(here));
    assert.deepEqual(await Array.fromAsync(verifyBlobs(there.store)), []);
    assert.deepEqual(
      await there.referrers.list((await here.links.query({ q: 'tag:ocp' })).links[0]!.snapshot!.digest!),
      await here.referrers.list((await here.links.query({ q: 'tag:ocp' })).links[0]!.snapshot!.digest!),
    );
    assert.equal((await there.links.query({ q: '"words of"' })).total, 2);
    assert.equal((await there.links.getSnapshot(shared.digest!)).verdict, 'good');

    const again = await there.import(bundle.path);
    assert.deepEqual(
      [again.ok, again.created, again.recorded, again.known, again.imported],
      [true, 0, 0, 3, 0],
    );
    const home = await here.import(bundle.path);
    assert.deepEqual([home.recorded, home.known], [0, 3], 'where a snapshot was taken it is not doubled');
  });

  test('takes only what its selection names, and refuses one that has nothing', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    await keepPage(here, { url: 'https://example.com/a', parts: [noise(10, 1)], tags: ['ocp/4.5'] });
    const b = await keepPage(here, {
      url: 'https://example.com/b',
      parts: [noise(11, 2)],
      tags: ['ocp/4.6'],
    });
    const c = await keepPage(here, { url: 'https://example.com/c', parts: [noise(12, 3)], tags: ['"q"'] });
    await here.links.add([{ url: 'https://example.com/d', tags: ['none'] }], { capture: false });
    const to = (name: string) => join(bundle.path, name);
    const one = await here.export({ to: to('1'), selection: { tags: ['ocp/4.5'] } });
    assert.equal(one.links, 1);
    const two = await here.export({ to: to('2'), selection: { tags: ['ocp'], links: [b.linkId, c.linkId] } });
    assert.equal(two.links, 3);
    assert.equal((await here.export({ to: to('3'), selection: { tags: ['"q"'] } })).links, 1);
    for (const tags of [['none'], ['nobody has it']])
      await assert.rejects(here.export({ to: to('4'), selection: { tags } }), (error) =>
        hasCode(error, 'bundle.nothing'),
      );
  });

  test('is a tar of an OCI image layout that names every snapshot and every image by its image tag', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    const page = await keepPage(here, { url: 'https://example.com/a', parts: [noise(9_000_000, 2)] });
    const layers = [noise(5_000, 1)];
    const own = { layers, tag: '4.5.9-etcd', repository: 'quay.io/a/b' };
    const a = await keepImage(here, { ...own, url: 'https://example.com/i1' });
    await keepImage(here, { ...own, url: 'https://example.com/i2', tag: 'v1', layers: [noise(10, 5)] });
    await keepImage(here, { url: 'https://example.com/i3', tag: 'v1', repository: 'r.io/x', layers: [] });
    const plan = await here.export({ to: bundle.path, partBytes: chunkBytes });
    assert.equal(plan.parts, 3);
    const layout = join(bundle.path, 'layout');
    execFileSync('sh', ['-c', `mkdir layout && cat part-* | tar -x -C layout`], { cwd: bundle.path });
    const index = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8'));
    const named = Object.fromEntries(
      index.manifests.map((it: { digest: string; annotations: Record<string, string> }) => [
        it.annotations['org.opencontainers.image.ref.name'],
        it.digest,
      ]),
    );
    assert.equal(named[page.id], page.digest);
    assert.equal(named['4.5.9-etcd'], a.manifest);
    assert.ok(named['quay.io/a/b:v1'] && named['r.io/x:v1'] && !named.v1);
    const files = await readdir(join(layout, 'blobs', 'sha256'));
    assert.deepEqual(files.map((name) => `sha256:${name}`).sort(), await digests(here));
    const bytes = await readFile(join(layout, 'blobs', 'sha256', page.digest!.slice(7)));
    assert.deepEqual(bytes, Buffer.from(await here.store.bytes(page.digest!)));
  });

  test('gives back whatever a store holds, whatever the sizes of blobs and parts', async () => {
    const sizes = fc.oneof(
      fc.nat(3_000),
      fc.constantFrom(0, 511, 512, 513, chunkBytes - 1024, chunkBytes, chunkBytes + 1, 17_000_000),
    );
    const pages = fc.array(fc.array(fc.tuple(sizes, fc.nat(20)), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(pages, fc.integer({ min: 1, max: 3 }), async (given, chunks) => {
        await using here = await openWorld();
        await using there = await openWorld();
        await using bundle = await scratchFolder();
        for (const [at, parts] of given.entries())
          await keepPage(here, {
            url: `https://example.com/${at}`,
            parts: parts.map(([size, seed]) => noise(size, seed)),
          });
        const plan = await here.export({ to: bundle.path, partBytes: chunks * chunkBytes });
        assert.equal(plan.parts, Math.ceil(plan.tarBytes / (chunks * chunkBytes)));
        const done = await there.import(bundle.path);
        assert.equal(done.ok, true);
        assert.deepEqual(await digests(there), await digests(here));
        assert.deepEqual(await facts(there), await facts(here));
        assert.deepEqual(await Array.fromAsync(verifyBlobs(there.store)), []);
      }),
      { numRuns: 8 },
    );
  });
});

describe('a snapshot that never had everything', () => {
  test('is carried as it is: an image without some platforms, a truncated page; a good one that lost a part is not', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    const lost = noise(40, 4);
    const cut = await keepPage(here, {
      url: 'https://example.com/cut',
      parts: [noise(30, 3), lost],
      change: { verdict: 'truncated' },
    });
    await here.store.delete((await here.store.put(lost)).digest);
    const image = await keepImage(here, {
      url: 'https://example.com/i',
      repository: 'quay.io/a/b',
      tag: 'v1',
      layers: [noise(50, 5)],
      missingPlatform: true,
    });
    await here.export({ to: join(bundle.path, 'one') });
    const done = await there.import(join(bundle.path, 'one'));
    assert.deepEqual([done.ok, done.recorded], [true, 2]);
    assert.equal((await there.links.getSnapshot(cut.digest!)).verdict, 'truncated');
    assert.equal((await there.links.getSnapshot(image.snapshot.digest!)).verdict, 'good');
    await keepPage(here, { url: 'https://example.com/good', parts: [lost] });
    await here.store.delete((await here.store.put(lost)).digest);
    await assert.rejects(here.export({ to: join(bundle.path, 'two') }), (error) =>
      hasCode(error, 'bundle.missingBlob'),
    );
  });
});
