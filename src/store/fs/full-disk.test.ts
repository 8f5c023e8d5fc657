import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { smallDisk } from '../../../test/support/small-disk.ts';
import { HoldfastError } from '../../kernel/index.ts';
import { noise } from '../testing/noise.ts';
import { verifyBlobs } from '../verify.ts';
import { createFsBlobStore } from './fs-blob-store.ts';

const sizeBytes = 6_000_000;

async function* stream(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function isFull(root: string, neededBytes: number) {
  return (error: unknown) => {
    assert.ok(error instanceof HoldfastError);
    assert.equal(error.code, 'store.full');
    assert.equal(error.kind, 'unavailable');
    assert.equal(error.details.place, root);
    assert.ok(Number(error.details.neededBytes) >= neededBytes, error.message);
    return true;
  };
}

describe('FsBlobStore on a full disk', () => {
  it('says how much is needed, leaves nothing half-written, and works on once there is room', async (test) => {
    await using disk = await smallDisk(test);
    if (!disk) return;
    const { root } = disk;
    const store = await createFsBlobStore({ root });
    const small = await store.put(noise(1_000_000, 1));
    const large = noise(sizeBytes, 2);
    await assert.rejects(store.put(large), isFull(root, sizeBytes));
    await assert.rejects(store.put(stream(large), { sizeBytes }), isFull(root, sizeBytes));
    await assert.rejects(store.put(stream(large)), isFull(root, 2_000_000));

    const batch = store.batch();
    const first = await batch.put(noise(1_500_000, 3));
    await assert.rejects(batch.put(noise(1_800_000, 4)), isFull(root, 1_800_000));
    assert.equal(await store.stat(first.digest), undefined);
    await batch.abort();

    const fits = await store.put(noise(2_500_000, 5));
    const held = await Array.fromAsync(store.list());
    assert.deepEqual(held.map((blob) => blob.digest).toSorted(), [small.digest, fits.digest].toSorted());
    assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
    await assert.rejects(createFsBlobStore({ root: join(root, 'blobs', 'x'.repeat(300)) }), HoldfastError);
  });

  it('goes on with a blob on its way in as soon as there is room, with all that was written', async (test) => {
    await using disk = await smallDisk(test);
    if (!disk) return;
    const { root } = disk;
    const store = await createFsBlobStore({ root });
    const ballast = join(root, 'ballast');
    await writeFile(ballast, noise(2_000_000, 1));
    const bytes = noise(3_000_000, 2);
    const partial = await store.partial('key');
    await partial.write(0, bytes.subarray(0, 1_000_000));
    await partial.setNote('0-1000000');
    await assert.rejects(partial.write(1_000_000, bytes.subarray(1_000_000)), isFull(root, 1_000_000));
    await assert.rejects(partial.setNote('x'.repeat(2_000_000)), isFull(root, 0));
    await partial.close();
    await rm(ballast);
    const next = await store.partial('key');
    assert.equal(next.note, '0-1000000');
    await next.truncate(1_000_000);
    await next.write(1_000_000, bytes.subarray(1_000_000));
    const { digest } = await next.finish();
    assert.ok(bytes.equals(await store.bytes(digest)));
    assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
  });

  it('opens a store on it as soon as there is room, and says so before', async (test) => {
    await using disk = await smallDisk(test);
    if (!disk) return;
    const root = join(disk.root, 'store');
    const ballast = join(disk.root, 'ballast');
    await assert.rejects(writeFile(ballast, noise(sizeBytes, 1)), { code: 'ENOSPC' });
    await assert.rejects(createFsBlobStore({ root }), isFull(root, 0));
    await rm(ballast);
    const store = await createFsBlobStore({ root });
    assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
  });
});
