import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { startChild } from '../../../test/support/child.ts';
import { hasCode } from '../../kernel/index.ts';
import { createFsBlobStore } from '../fs/fs-blob-store.ts';
import { scratchStore } from '../fs/testing/scratch.ts';
import { noise } from '../testing/noise.ts';
import { verifyBlobs } from '../verify.ts';
import { collectGarbage } from './collect-garbage.ts';
import { putNode, reachNodes, rootsOf } from './testing/graph.ts';
import { recordsIn } from './testing/records.ts';

const racer = new URL('testing/racer.ts', import.meta.url);
const sweeper = new URL('testing/stuck-sweeper.ts', import.meta.url);
const later = { now: () => Date.now() + 3_600_000 };

describe('collectGarbage() in several processes', () => {
  it('loses nothing that writers rely on, whoever writes what it frees at the same moment', async () => {
    await using scratch = await scratchStore();
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-records-'));
    const collectors = [1, 2].map(() => startChild(racer, [scratch.root, folder, 'collect']));
    const writers = [11, 22, 33].map((seed) =>
      startChild(racer, [scratch.root, folder, 'write', '120', String(seed)]),
    );
    const wrote = await Promise.all(writers.map(async (child) => JSON.parse(await child.line())));
    for (const { process } of collectors) process.stdin!.end();
    const collected = await Promise.all(collectors.map(async (child) => JSON.parse(await child.line())));

    for (const { lost } of wrote) assert.deepEqual(lost, []);
    const freed = collected.reduce((sum, each) => sum + each.freed, 0);
    assert.ok(freed > 100, `only ${freed} blobs were freed: the two hardly met`);
    const { store } = scratch;
    const records = recordsIn(folder);
    const reach = reachNodes(store);
    const wanted = new Set<string>();
    for await (const root of records.roots()) for await (const { digest } of reach(root)) wanted.add(digest);
    assert.ok(wanted.size > 3);
    await collectGarbage({ store, roots: records.roots(), reach, graceMs: 0, clock: later });
    const left = (await Array.fromAsync(store.list())).map(({ digest }) => digest);
    assert.deepEqual(left.toSorted(), [...wanted].toSorted());
    assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
    assert.deepEqual([await scratch.condemned(), await scratch.leftovers()], [[], []]);
    await rm(folder, { recursive: true });
  });

  it('killed in the middle, has lost nothing that is kept, and the next one frees the rest', async () => {
    await using scratch = await scratchStore();
    const part = (await scratch.store.put(noise(900, 1))).digest;
    const kept = await putNode(scratch.store, 'kept', [part]);
    for (let seed = 10; seed < 20; seed++) await scratch.store.put(noise(1000, seed));
    const child = startChild(sweeper, [scratch.root, kept]);
    assert.equal(await child.line(), 'stuck');
    assert.equal((await scratch.condemned()).length, 2, 'a claim, and a blob that is neither here nor there');
    await assert.rejects(scratch.store.sweep(), (error) => hasCode(error, 'store.sweepBusy'));
    await createFsBlobStore({ root: scratch.root });
    assert.equal((await scratch.condemned()).length, 2, 'a live process goes on');
    await child.kill();

    const store = await createFsBlobStore({ root: scratch.root });
    assert.deepEqual(await scratch.condemned(), []);
    assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
    const options = { store, roots: rootsOf([kept]), reach: reachNodes(store), graceMs: 0, clock: later };
    const { freed, kept: held } = await collectGarbage(options);
    assert.deepEqual(freed.unreferenced, { count: 8, sizeBytes: 8000 });
    assert.equal(held.count, 2);
    assert.equal((await store.bytes(part)).length, 900);
  });
});
