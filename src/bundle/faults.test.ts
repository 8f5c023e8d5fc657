import assert from 'node:assert/strict';
import {
  copyFile,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hasCode } from '../kernel/index.ts';
import { verifyBlobs } from '../store/index.ts';
import { chunkBytes } from './limits.ts';
import { verifyBundle } from './read/verify-bundle.ts';
import { writeRepair } from './repair/write-repair.ts';
import { keepPage, noise } from './testing/keep.ts';
import { openWorld, scratchFolder, type World } from './testing/world.ts';

/** Two pages, one small and one of 18 MB, in parts of two chunks each. */
async function carried(here: World, to: string) {
  const small = await keepPage(here, { url: 'https://example.com/small', parts: [noise(2_000, 1)] });
  const large = await keepPage(here, { url: 'https://example.com/large', parts: [noise(18_000_000, 2)] });
  await here.export({ to, partBytes: 2 * chunkBytes });
  return { small, large };
}

async function flipBit(path: string, at: number): Promise<void> {
  await using file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  byte[0]! ^= 4;
  await file.write(byte, 0, 1, at);
}

const places = (bad: readonly { part: number; chunk: number; fault: string }[]) =>
  bad.map(({ part, chunk, fault }) => `${part}/${chunk} ${fault}`);

/** Asks for the repair of what `verify` finds and imports with it; nothing else may be needed. */
async function repairAndImport(here: World, there: World, bundle: string, scratch: string, chunks: number) {
  const { report, bad } = await verifyBundle(bundle);
  const file = join(scratch, 'report.json');
  await writeFile(file, JSON.stringify(report));
  const to = join(scratch, 'repair');
  const repair = await writeRepair(here.store, { report: file, to });
  assert.equal(repair.chunks, chunks);
  assert.equal(bad.length, chunks);
  assert.equal((await verifyBundle(bundle, { repairs: [to] })).bad.length, 0);
  const done = await there.import(bundle, { repairs: [to] });
  assert.equal(done.ok, true);
  assert.deepEqual(await Array.fromAsync(verifyBlobs(there.store)), []);
  assert.equal((await there.links.query({})).total, 2);
  return done;
}

describe('a bundle that was damaged on the way', () => {
  test('a flipped bit is named by part, chunk, blob and snapshot; all else is imported, and a repair completes it', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    await using scratch = await scratchFolder();
    const { small, large } = await carried(here, bundle.path);
    await flipBit(join(bundle.path, 'part-0002'), chunkBytes + 17);
    const told: number[] = [];
    const found = await verifyBundle(bundle.path, { onBad: ({ chunk }) => told.push(chunk) });
    assert.equal(found.ok, false);
    assert.deepEqual([places(found.bad), told], [['2/2 damaged'], [2]]);
    assert.deepEqual(found.hits.snapshots, [{ url: 'https://example.com/large', digest: large.digest }]);
    assert.equal(found.hits.blobs.length, 1);

    const first = await there.import(bundle.path);
    assert.equal(first.ok, false);
    assert.deepEqual(places(first.bad), ['2/2 damaged']);
    assert.deepEqual([...first.failed.keys()], found.hits.blobs);
    assert.deepEqual(
      first.incomplete.map(({ digest, missing }) => [digest, missing]),
      [[large.digest, found.hits.blobs]],
    );
    assert.equal((await there.links.getSnapshot(small.digest!)).finalUrl, 'https://example.com/small');
    assert.equal((await there.links.query({})).total, 1);

    const done = await repairAndImport(here, there, bundle.path, scratch.path, 1);
    assert.deepEqual([done.imported, done.recorded, done.known], [1, 1, 1]);
  });

  test('a missing part and a truncated one leave what lies before them, and a repair brings the rest', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    await using scratch = await scratchFolder();
    await carried(here, bundle.path);
    await rm(join(bundle.path, 'part-0002'));
    await truncate(join(bundle.path, 'part-0003'), 100);
    const found = await verifyBundle(bundle.path);
    assert.deepEqual(places(found.bad), ['2/1 missing', '2/2 missing', '3/1 truncated']);
    const first = await there.import(bundle.path);
    assert.equal(first.ok, false);
    const [partial] = await Array.fromAsync(there.store.partials());
    assert.ok(partial!.sizeBytes > chunkBytes, 'the begin of the large blob is kept');
    await repairAndImport(here, there, bundle.path, scratch.path, 3);
    assert.deepEqual(await Array.fromAsync(there.store.partials()), []);
  });

  test('swapped parts are told as such; parts on several media are imported one after the other', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    await carried(here, bundle.path);
    const [one, two] = ['part-0001', 'part-0002'].map((name) => join(bundle.path, name));
    await rename(one!, `${one}.x`);
    await rename(two!, one!);
    await rename(`${one}.x`, two!);
    const { bad } = await verifyBundle(bundle.path);
    assert.deepEqual(places(bad), ['1/1 damaged', '1/2 damaged', '2/1 damaged', '2/2 damaged']);
    assert.match(bad[0]!.detail, /^chunk 1 of "part-0002" lies there$/);
    await rename(two!, `${one}.x`);
    await rename(one!, two!);
    await rename(`${one}.x`, one!);

    for (const number of [1, 2, 3]) {
      await using medium = await scratchFolder();
      for (const name of ['bundle.json', `part-000${number}`])
        await copyFile(join(bundle.path, name), join(medium.path, name));
      const done = await there.import(medium.path);
      assert.equal(done.ok, number === 3, `after medium ${number}`);
    }
    assert.deepEqual(await Array.fromAsync(verifyBlobs(there.store)), []);
  });

  test('a part that goes on behind its end is told, and does no harm', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    await carried(here, bundle.path);
    await using file = await open(join(bundle.path, 'part-0003'), 'a');
    await file.write('more');
    const found = await verifyBundle(bundle.path);
    assert.deepEqual([found.ok, found.bad], [false, []]);
    assert.deepEqual(found.overlong, [{ part: 'part-0003', extraBytes: 4 }]);
    assert.equal((await there.import(bundle.path)).ok, true);
  });

  test('a folder without an index is no bundle yet, and what is in the place of a part is never followed', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    await carried(here, bundle.path);
    await rm(join(bundle.path, 'part-0001'));
    await symlink('/dev/zero', join(bundle.path, 'part-0001'));
    await rm(join(bundle.path, 'part-0002'));
    await mkdir(join(bundle.path, 'part-0002'));
    const { bad } = await verifyBundle(bundle.path);
    assert.deepEqual(new Set(bad.map(({ fault }) => fault)), new Set(['unreadable']));
    await rm(join(bundle.path, 'bundle.json'));
    await assert.rejects(verifyBundle(bundle.path), (error) => hasCode(error, 'bundle.noBundle'));
  });
});

describe('writeRepair()', () => {
  test('gives no bytes but those whose hash the report names, and only while it has them', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    await using scratch = await scratchFolder();
    const { large } = await carried(here, bundle.path);
    await flipBit(join(bundle.path, 'part-0002'), 5);
    const { report } = await verifyBundle(bundle.path);
    const file = join(scratch.path, 'report.json');
    const to = join(scratch.path, 'repair');
    const refuses = async (change: object, code: string) => {
      await writeFile(file, JSON.stringify({ ...report, ...change }));
      await assert.rejects(writeRepair(here.store, { report: file, to }), (error) => hasCode(error, code));
      assert.deepEqual((await readdir(to).catch((): string[] => [])).includes('repair.json'), false);
    };
    const [chunk] = report.chunks;
    await refuses({ chunks: [] }, 'bundle.nothingToRepair');
    await refuses({ chunks: [{ ...chunk, sha256: '0'.repeat(64) }] }, 'bundle.unrepairable');
    await refuses({ chunks: [{ ...chunk, pieces: [] }] }, 'bundle.unrepairable');
    const piece = { digest: large.digest, start: 0, sizeBytes: 9e15 };
    await refuses({ chunks: [{ ...chunk, pieces: [piece] }] }, 'bundle.unrepairable');
    await refuses({ chunks: [{ ...chunk, sizeBytes: chunkBytes + 1 }] }, 'bundle.badReport');
    await refuses({ version: 2 }, 'bundle.badReport');
    await here.store.delete((await verifyBundle(bundle.path)).hits.blobs[0]!);
    await refuses({}, 'bundle.unrepairable');
  });

  test('a repair of another bundle, or with other bytes, is refused', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    await using scratch = await scratchFolder();
    await carried(here, bundle.path);
    await flipBit(join(bundle.path, 'part-0002'), 5);
    const file = join(scratch.path, 'report.json');
    const to = join(scratch.path, 'repair');
    const { report } = await verifyBundle(bundle.path);
    await writeFile(file, JSON.stringify(report));
    await writeRepair(here.store, { report: file, to });
    assert.equal((await stat(join(to, 'chunks-0001'))).size, chunkBytes);
    const refused = (error: unknown) => hasCode(error, 'bundle.badRepair');
    await flipBit(join(to, 'chunks-0001'), 99);
    await assert.rejects(verifyBundle(bundle.path, { repairs: [to] }), refused);
    await using other = await scratchFolder();
    await here.export({ to: other.path, selection: { all: true } });
    await flipBit(join(to, 'chunks-0001'), 99);
    await assert.rejects(verifyBundle(other.path, { repairs: [to] }), refused);
    assert.equal((await verifyBundle(bundle.path, { repairs: [to] })).ok, true);
  });
});
