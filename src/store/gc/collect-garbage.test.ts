import assert from 'node:assert/strict';
import { utimes } from 'node:fs/promises';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Clock, type Digest, digestOf, hasCode, type Progress } from '../../kernel/index.ts';
import type { BlobStore } from '../blob-store.ts';
import { scratchStore } from '../fs/testing/scratch.ts';
import { MemoryBlobStore } from '../memory-blob-store.ts';
import { noise } from '../testing/noise.ts';
import { collectGarbage } from './collect-garbage.ts';
import { putNode, reachNodes, rootsOf } from './testing/graph.ts';
import type { CollectOptions } from './types.ts';

const hour = 3_600_000;
/** A clock that is so much ahead that everything written now is old. */
const later = (ms: number): Clock => ({ now: () => Date.now() + ms });

async function digestsIn(store: BlobStore): Promise<readonly Digest[]> {
  return (await Array.fromAsync(store.list())).map(({ digest }) => digest).toSorted();
}

function collect(store: BlobStore, roots: Iterable<Digest>, options: Partial<CollectOptions> = {}) {
  const reach = reachNodes(store);
  return collectGarbage({
    store,
    roots: rootsOf(roots),
    reach,
    graceMs: hour,
    clock: later(2 * hour),
    ...options,
  });
}

function describeCollection(name: string, open: () => Promise<AsyncDisposable & { store: BlobStore }>) {
  describe(`collectGarbage() on ${name}`, () => {
    it('frees what no root reaches, and says so to the byte, as the dry run did', async () => {
      await using room = await open();
      const { store } = room;
      const shared = (await store.put(noise(5000, 1))).digest;
      const kept = await putNode(store, 'kept', [shared]);
      const gone = await putNode(store, 'gone', [shared, (await store.put(noise(7000, 2))).digest]);
      const before = await digestsIn(store);
      const goneBytes = 7000 + (await store.stat(gone))!.sizeBytes;
      const dry = await collect(store, [kept], { dryRun: true });
      assert.deepEqual(await digestsIn(store), before);
      const seen: Digest[] = [];
      const done = await collect(store, [kept], { onFreed: ({ digest }) => seen.push(digest) });
      assert.deepEqual({ ...dry, dryRun: false }, done);
      assert.equal(done.freedBytes, goneBytes);
      assert.deepEqual(done.freed, {
        unreferenced: { count: 2, sizeBytes: goneBytes },
        partial: { count: 0, sizeBytes: 0 },
      });
      assert.deepEqual(await digestsIn(store), [kept, shared].toSorted());
      assert.ok(seen.includes(gone) && seen.length === 2);
      assert.equal((await collect(store, [kept])).freedBytes, 0);
    });

    it('leaves exactly what is reachable, for any graph and any removal', async () => {
      const graph = fc.record({
        // Each node names earlier ones; some are roots, and some roots are removed again.
        nodes: fc.array(fc.record({ parts: fc.array(fc.nat(1000), { maxLength: 4 }), root: fc.boolean() }), {
          maxLength: 25,
        }),
        removals: fc.array(fc.array(fc.nat(1000), { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      });
      await using room = await open();
      const { store } = room;
      await fc.assert(
        fc.asyncProperty(graph, async ({ nodes, removals }) => {
          const made: Digest[] = [];
          const partsOf = new Map<Digest, readonly Digest[]>();
          for (const [i, { parts }] of nodes.entries()) {
            const named = i === 0 ? [] : parts.map((part) => made[part % i]!);
            const digest = await putNode(store, `node ${i}`, named);
            made.push(digest);
            partsOf.set(digest, named);
          }
          const roots = new Set(made.filter((_, i) => nodes[i]!.root));
          for (const removal of removals) {
            for (const at of removal) if (made.length > 0) roots.delete(made[at % made.length]!);
            const wanted = new Set<Digest>();
            const walk = (digest: Digest) => {
              wanted.add(digest);
              for (const part of partsOf.get(digest) ?? []) walk(part);
            };
            for (const root of roots) walk(root);
            const dry = await collect(store, roots, { everything: true, dryRun: true });
            const done = await collect(store, roots, { everything: true });
            assert.deepEqual({ ...dry, dryRun: false }, done);
            assert.deepEqual(await digestsIn(store), [...wanted].toSorted());
          }
        }),
        { numRuns: 25 },
      );
    });

    it('leaves what is younger than the grace, and what is touched counts as young', async () => {
      await using room = await open();
      const { store } = room;
      const kept = await putNode(store, 'kept', []);
      const { digest } = await store.put(noise(900, 1));
      const young = await collect(store, [kept], { clock: later(0) });
      assert.deepEqual(young.young, { count: 1, sizeBytes: 900 });
      assert.equal(young.freedBytes, 0);
      assert.deepEqual(await store.touch(digest), { digest, sizeBytes: 900 });
      assert.equal(await store.touch(digestOf('nobody has it')), undefined);
      const sweep = await store.sweep();
      assert.equal(await sweep.free(digest, Date.now() - 10 * 60_000), false);
      assert.equal(await sweep.free(digest, Date.now() + 1000), true);
      assert.equal(await sweep.free(digest, Date.now() + 1000), false);
      await sweep.end();
      assert.equal(await store.stat(digest), undefined);
    });

    it('leaves what a hold names, and all that was touched since a hold began, also where it comes or goes meanwhile', async () => {
      await using room = await open();
      const { store } = room;
      const kept = await putNode(store, 'kept', []);
      const part = (await store.put(noise(800, 1))).digest;
      const held = await putNode(store, 'held', [part]);
      const other = (await store.put(noise(700, 2))).digest;
      const future = Date.now() + 10 * hour;
      for (const [first, second] of [
        [[{ digests: [held], sinceMs: future }], []],
        [[], [{ digests: [held], sinceMs: future }]],
      ]) {
        const answers = [first!, second!];
        const holds = async () => answers.shift() ?? [];
        const { freed } = await collect(store, [kept], { holds, dryRun: true });
        assert.deepEqual(freed.unreferenced, { count: 1, sizeBytes: 700 });
      }
      const holds = async () => [{ digests: [], sinceMs: Date.now() - 1000 }];
      assert.equal((await collect(store, [kept], { holds })).freedBytes, 0);
      assert.deepEqual(await digestsIn(store), [kept, part, held, other].toSorted());
    });

    it('frees a blob on its way in that was left for a week, and none that is open', async () => {
      await using room = await open();
      const { store } = room;
      const left = await store.partial('left');
      await left.write(0, noise(400, 1));
      await left.close();
      const busy = await store.partial('busy');
      await busy.write(0, noise(300, 1));
      const days = (count: number) => ({ clock: later(count * 24 * hour) });
      assert.equal((await collect(store, [], days(6))).freedBytes, 0);
      const dry = await collect(store, [], { ...days(8), dryRun: true });
      assert.deepEqual(dry.freed.partial, { count: 1, sizeBytes: 400 });
      assert.deepEqual(await collect(store, [], days(8)), { ...dry, dryRun: false });
      assert.deepEqual(
        (await Array.fromAsync(store.partials())).map(({ key }) => key),
        ['busy'],
      );
      await busy.discard();
    });

    it('refuses to free all where the roots name nothing that is held', async () => {
      await using room = await open();
      const { store } = room;
      await store.put(noise(100, 1));
      await assert.rejects(collect(store, [digestOf('of another store')]), (error) =>
        hasCode(error, 'store.nothingHeld'),
      );
      assert.equal((await digestsIn(store)).length, 1);
      assert.equal((await collect(store, [], { everything: true })).freedBytes, 100);
      assert.equal((await collect(store, [])).freedBytes, 0);
    });

    it('frees nothing where a root cannot be read, and nothing more once it is stopped', async () => {
      await using room = await open();
      const { store } = room;
      const kept = await putNode(store, 'kept', []);
      for (let seed = 1; seed <= 20; seed++) await store.put(noise(100, seed));
      const broken = collect(store, [kept], {
        // biome-ignore lint/correctness/useYield: it ends before it gives anything
        reach: async function* () {
          throw new Error('EIO');
        },
      });
      await assert.rejects(broken, /EIO/);
      assert.equal((await digestsIn(store)).length, 21);
      const stop = new AbortController();
      const onFreed = () => stop.abort(new Error('enough'));
      await assert.rejects(collect(store, [kept], { signal: stop.signal, onFreed }), /enough/);
      assert.equal((await digestsIn(store)).length, 20);
      assert.equal((await collect(store, [kept])).freed.unreferenced.count, 19);
    });

    it('tells how far it is, up to the end', async () => {
      await using room = await open();
      const { store } = room;
      const kept = await putNode(store, 'kept', []);
      await store.put(noise(100, 1));
      const events: Progress[] = [];
      await collect(store, [kept], { onProgress: (event) => events.push(event) });
      assert.deepEqual(events[0], { stage: 'marking', done: 1, unit: 'items' });
      assert.deepEqual(events.at(-1), { stage: 'freeing', done: 100, unit: 'bytes' });
    });

    it('is one at a time', async () => {
      await using room = await open();
      const { store } = room;
      const first = await store.sweep();
      await assert.rejects(collect(store, []), (error) => hasCode(error, 'store.sweepBusy'));
      await first.end();
      await collect(store, []);
    });
  });
}

describeCollection('MemoryBlobStore', async () => ({
  store: new MemoryBlobStore(),
  [Symbol.asyncDispose]: async () => {},
}));
describeCollection('FsBlobStore', () => scratchStore());

it('a blob of a store in a folder that is put again counts as written anew', async () => {
  await using scratch = await scratchStore();
  const { store } = scratch;
  const age = async (digest: Digest) => {
    const old = new Date(Date.now() - 5 * hour);
    await utimes(store.placeOf(digest), old, old);
  };
  const bytes = noise(5000, 1);
  const { digest, sizeBytes } = await store.put(bytes);
  const uses = {
    put: () => store.put(bytes),
    announced: () => store.put(streamOf(bytes), { digest, sizeBytes }),
    touch: () => store.touch(digest),
    batch: async () => {
      const batch = store.batch();
      await batch.put(bytes);
      await age(digest);
      await batch.commit();
    },
    partial: async () => {
      const partial = await store.partial('again');
      await partial.write(0, bytes);
      await partial.finish();
    },
  };
  for (const [name, use] of Object.entries(uses)) {
    await age(digest);
    await use();
    const { freedBytes, young } = await collect(store, [], { clock: later(0) });
    assert.deepEqual([freedBytes, young.count], [0, 1], name);
  }
  const late = store.batch();
  await late.put(bytes);
  await store.delete(digest);
  await assert.rejects(late.commit(), (error) => hasCode(error, 'store.lost'));
  await late.abort();
  assert.deepEqual(await scratch.leftovers(), []);
});

async function* streamOf(bytes: Uint8Array) {
  yield bytes;
}
