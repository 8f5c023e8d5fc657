import assert from 'node:assert/strict';
import { open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startChild } from '../../test/support/child.ts';
import { verifyBlobs } from '../store/index.ts';
import { chunkBytes } from './limits.ts';
import { verifyBundle } from './read/verify-bundle.ts';
import { keepPage, noise } from './testing/keep.ts';
import { openWorld, scratchFolder, type World } from './testing/world.ts';

const child = new URL('testing/carry-child.ts', import.meta.url);

/** Runs a child and kills it after so many lines; gives what it had begun with, and whether it ended by itself. */
async function runAndKill(args: readonly string[], lines: number): Promise<{ begun: number; done: boolean }> {
  const running = startChild(child, args);
  let begun = -1;
  try {
    for (let left = lines; left > 0; left--) {
      const line = await running.line();
      if (line.startsWith('begun')) begun = Number(line.slice(6));
      if (line.startsWith('done')) return { begun, done: line === 'done true' };
    }
    return { begun, done: false };
  } finally {
    await running.kill();
  }
}

async function fill(here: World): Promise<void> {
  await keepPage(here, { url: 'https://example.com/a', parts: [noise(1_000, 1), noise(25_000_000, 2)] });
  await keepPage(here, {
    url: 'https://example.com/b',
    parts: [3, 4, 5, 6].map((seed) => noise(2_500_000, seed)),
  });
}

/** Anywhere in a run of some forty steps, other moments in every run of the test. */
const moments = [1, 7, 16, 26].map((line) => line + Math.floor(Math.random() * 6));

describe('kill -9', () => {
  test('in the middle of an export loses no chunk that was written and noted, and the end is a whole bundle', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    await fill(here);
    const args = ['export', here.root, bundle.path];
    const begun: number[] = [];
    for (const lines of moments) {
      const run = await runAndKill(args, lines);
      begun.push(run.begun);
      const names = await readdir(bundle.path);
      if (!names.includes('bundle.json')) continue;
      assert.equal((await verifyBundle(bundle.path)).ok, true, 'it is named only when it is complete');
      // On a busy machine a kill may come too late; such a folder has nothing to go on with.
      for (const name of names) await rm(join(bundle.path, name), { recursive: true });
      await runAndKill(args, moments[2]!);
    }
    const told: number[] = [];
    const plan = await here.export({
      to: bundle.path,
      partBytes: 2 * chunkBytes,
      onProgress: (it) => told.push(it.done),
    });
    assert.ok(plan.writtenBytes >= chunkBytes, `${plan.writtenBytes} after ${begun}`);
    assert.equal(told[0], plan.writtenBytes, 'it goes on there and not before');
    const names = await readdir(bundle.path);
    assert.ok(!names.includes('export.journal'));
    assert.equal((await verifyBundle(bundle.path)).ok, true);
    await using there = await openWorld();
    assert.equal((await there.import(bundle.path)).ok, true);
  });

  test('in the middle of an import keeps what came in, also of one blob, and the end is whole', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    await fill(here);
    await here.export({ to: bundle.path, partBytes: 3 * chunkBytes });
    const args = ['import', there.root, bundle.path];
    let seenPartial = 0;
    for (const lines of moments) {
      if ((await runAndKill(args, lines)).done) break;
      for await (const { sizeBytes } of there.store.partials())
        seenPartial = Math.max(seenPartial, sizeBytes);
      for await (const fault of verifyBlobs(there.store)) assert.equal(fault.fault, 'stray file');
    }
    assert.ok(seenPartial > 0, 'no kill fell into the large blob');
    const [partial] = await Array.fromAsync(there.store.partials());
    const told: number[] = [];
    const done = await there.import(bundle.path, { onProgress: (it) => told.push(it.done) });
    assert.equal(done.ok, true);
    if (partial) assert.ok(partial.key.startsWith('bundle-sha256-'));
    assert.equal((await there.links.query({})).total, 2);
    await using again = await openWorld(there.root);
    assert.deepEqual(await Array.fromAsync(verifyBlobs(again.store)), []);
    assert.deepEqual(await Array.fromAsync(again.store.partials()), []);
  });
});

describe('what lies in a folder before an export', () => {
  test('is believed by its bytes alone: a changed chunk is written again, with all behind it', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    await fill(here);
    const stop = new AbortController();
    const partBytes = 2 * chunkBytes;
    const stopAt =
      (bytes: number) =>
      ({ done }: { done: number }) =>
        done > bytes && stop.abort(new Error('enough'));
    let now = 0;
    const clock = { now: () => (now += 1_000) };
    const begin = here.export({
      to: bundle.path,
      partBytes,
      clock,
      onProgress: stopAt(5 * chunkBytes),
      signal: stop.signal,
    });
    await assert.rejects(begin, /enough/);
    await using part = await open(join(bundle.path, 'part-0002'), 'r+');
    await part.write('x', 9);
    await writeFile(join(bundle.path, 'part-0099'), 'of a longer export');
    const plan = await here.export({ to: bundle.path, partBytes });
    assert.equal(plan.writtenBytes, 2 * chunkBytes);
    assert.equal((await verifyBundle(bundle.path)).ok, true);
    assert.ok(!(await readdir(bundle.path)).includes('part-0099'));
  });

  test('of another export that never ended gives way; a finished one, or parts of nobody, do not', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    await fill(here);
    await writeFile(join(bundle.path, 'part-0001'), 'somebody’s');
    const occupied = { code: 'bundle.occupied' };
    await assert.rejects(here.export({ to: bundle.path }), occupied);
    await rm(join(bundle.path, 'part-0001'));
    await writeFile(join(bundle.path, 'notes.txt'), 'stay');
    const signal = AbortSignal.abort(new Error('at once'));
    await assert.rejects(here.export({ to: bundle.path, signal }), /at once/);
    await keepPage(here, { url: 'https://example.com/c', parts: [noise(5, 5)] });
    await here.export({ to: bundle.path });
    assert.deepEqual((await readdir(bundle.path)).sort(), ['bundle.json', 'notes.txt', 'part-0001']);
    await keepPage(here, { url: 'https://example.com/d', parts: [noise(6, 6)] });
    await assert.rejects(here.export({ to: bundle.path }), occupied);
    assert.equal((await verifyBundle(bundle.path)).ok, true);
  });

  test('a blob that is damaged here is not carried away', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    const bytes = noise(3_000_000, 7);
    await keepPage(here, { url: 'https://example.com/', parts: [bytes] });
    const { digest } = await here.store.put(bytes);
    bytes[5]! ^= 1;
    await writeFile(here.store.placeOf(digest), bytes);
    await assert.rejects(here.export({ to: bundle.path }), { code: 'bundle.corruptBlob' });
    await here.store.delete(digest);
    await assert.rejects(here.export({ to: bundle.path }), { code: 'bundle.missingBlob' });
  });
});
