import assert from 'node:assert/strict';
import { mkdir, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Digest, digestOf, type Progress } from '../kernel/index.ts';
import { storeErrors } from './errors.ts';
import { ownedName } from './fs/owner.ts';
import { scratchStore } from './fs/testing/scratch.ts';
import { MemoryBlobStore } from './memory-blob-store.ts';
import { noise } from './testing/noise.ts';
import { type BlobFault, verifyBlobs } from './verify.ts';

const byPath = (faults: BlobFault[], root: string) =>
  Object.fromEntries(faults.map(({ path, fault }) => [path?.slice(root.length + 1), fault]));

describe('verifyBlobs()', () => {
  it('finds nothing wrong in a sound store, while another process writes', async () => {
    await using scratch = await scratchStore();
    for (let seed = 1; seed <= 9; seed++) await scratch.store.put(noise(seed * 100_000, seed));
    await writeFile(join(scratch.root, '.staging', ownedName()), 'being written');
    const faults = verifyBlobs(scratch.store);
    assert.deepEqual(await faults.next(), { done: true, value: { blobs: 9, sizeBytes: 4_500_000 } });
  });

  it('names every damaged, misnamed and stray file, not only the first', async () => {
    await using scratch = await scratchStore();
    const { root, store } = scratch;
    const blobs = await Promise.all([1, 2, 3, 4, 5].map((seed) => store.put(noise(70_000, seed))));
    const [flipped, cut, emptied] = blobs.map((blob) => blob.digest) as [Digest, Digest, Digest];
    const changed = noise(70_000, 1);
    changed[69_999]! ^= 1;
    await writeFile(store.placeOf(flipped), changed);
    await writeFile(store.placeOf(cut), noise(70_000, 2).subarray(0, 65_536));
    await writeFile(store.placeOf(emptied), '');
    const folder = join(root, 'blobs', 'sha256');
    await writeFile(join(folder, digestOf('x').slice(7).toUpperCase()), 'x');
    await writeFile(join(folder, `${flipped.slice(7)}.tmp`), 'x');
    await symlink(store.placeOf(cut), join(folder, digestOf('y').slice(7)));
    await mkdir(join(root, 'blobs', 'md5'));
    await writeFile(join(root, 'notes.txt'), 'x');
    await writeFile(join(root, '.staging', ownedName().replace(/-\d+-\d+-/, '-4194305-1-')), 'x');

    const found = await Array.fromAsync(verifyBlobs(store));
    const staged = (await scratch.leftovers())[0];
    assert.deepEqual(byPath(found, root), {
      [`blobs/sha256/${flipped.slice(7)}`]: 'corrupt',
      [`blobs/sha256/${cut.slice(7)}`]: 'corrupt',
      [`blobs/sha256/${emptied.slice(7)}`]: 'corrupt',
      [`blobs/sha256/${digestOf('x').slice(7).toUpperCase()}`]: 'misnamed',
      [`blobs/sha256/${flipped.slice(7)}.tmp`]: 'misnamed',
      [`blobs/sha256/${digestOf('y').slice(7)}`]: 'stray file',
      'blobs/md5': 'stray file',
      'notes.txt': 'stray file',
      [`.staging/${staged}`]: 'stray file',
    });
    assert.ok(found.every((fault) => fault.detail !== ''));
    assert.match(found.find((fault) => fault.digest === cut)!.detail, /65536 bytes have the digest sha256:/);
  });

  it('names a blob that cannot be read and goes on', async () => {
    const held = new Map<Digest, Uint8Array>();
    const store = new MemoryBlobStore(held);
    const blobs = await Promise.all([1, 2, 3].map((seed) => store.put(noise(1000, seed))));
    const [bad, damaged] = [blobs[0]!.digest, blobs[1]!.digest];
    held.set(damaged, noise(1000, 9));
    const read = store.read.bind(store);
    store.read = async (digest) => {
      if (digest === bad) throw storeErrors.unreadable({ place: 'tape', detail: 'EIO: i/o error, read' });
      return read(digest);
    };
    const found = await Array.fromAsync(verifyBlobs(store));
    assert.deepEqual(
      found.map(({ digest, fault }) => [digest, fault]).toSorted(),
      [
        [bad, 'unreadable'],
        [damaged, 'corrupt'],
      ].toSorted(),
    );
    assert.match(found.find((fault) => fault.fault === 'unreadable')!.detail, /i\/o error/);
  });

  it('takes a blob that was deleted meanwhile for no fault', async () => {
    await using scratch = await scratchStore();
    const blobs = await Promise.all([1, 2, 3, 4].map((seed) => scratch.store.put(noise(1000, seed))));
    const list = scratch.store.list.bind(scratch.store);
    scratch.store.list = async function* () {
      yield* list();
      for (const { digest } of blobs.slice(1)) await unlink(scratch.store.placeOf(digest));
    };
    assert.deepEqual(await Array.fromAsync(verifyBlobs(scratch.store)), []);
  });

  it('reports bytes done of all bytes and the time that remains, up to the end', async () => {
    const store = new MemoryBlobStore();
    for (let seed = 1; seed <= 8; seed++) await store.put(noise(1_000_000, seed));
    const events: Progress[] = [];
    let nowMs = 0;
    const clock = { now: () => (nowMs += 250) };
    await Array.fromAsync(verifyBlobs(store, { clock, onProgress: (event) => events.push(event) }));
    assert.deepEqual(events[0], { stage: 'verify', done: 0, total: 8_000_000, unit: 'bytes' });
    assert.deepEqual(events.at(-1), {
      stage: 'verify',
      done: 8_000_000,
      total: 8_000_000,
      unit: 'bytes',
      remainingMs: 0,
    });
    const inside = events.slice(1, -1);
    assert.ok(inside.length >= 7);
    assert.deepEqual(
      events.map((event) => event.done),
      events.map((event) => event.done).toSorted((a, b) => a - b),
    );
    // 250 ms went by for each event, so the rate is known.
    for (const [i, { done, total, remainingMs }] of inside.entries())
      if (done > 0) assert.equal(remainingMs, Math.round(((total! - done) / done) * 250 * (i + 1)));
  });

  it('stops with the reason of its signal', async () => {
    const store = new MemoryBlobStore();
    for (let seed = 1; seed <= 4; seed++) await store.put(noise(1000, seed));
    const stop = new AbortController();
    const read = store.read.bind(store);
    store.read = async (digest) => {
      stop.abort(new Error('enough'));
      return read(digest);
    };
    await assert.rejects(Array.fromAsync(verifyBlobs(store, { signal: stop.signal })), /enough/);
  });
});
