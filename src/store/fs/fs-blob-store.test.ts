import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { digestOf, hasCode } from '../../kernel/index.ts';
import { describeBlobStore } from '../blob-store.contract.ts';
import { noise } from '../testing/noise.ts';
import { createFsBlobStore } from './fs-blob-store.ts';
import { ownedName } from './owner.ts';
import { scratchStore } from './testing/scratch.ts';

describeBlobStore('FsBlobStore', async () => {
  const scratch = await scratchStore();
  return {
    store: scratch.store,
    damage: (digest, bytes) => writeFile(scratch.store.placeOf(digest), bytes),
    leftovers: async () => (await scratch.leftovers()).length,
    close: async () => scratch[Symbol.asyncDispose](),
  };
});

async function* stream(bytes: Uint8Array) {
  yield bytes;
}

describe('FsBlobStore in its folder', () => {
  it('is an OCI image layout', async () => {
    await using scratch = await scratchStore();
    await scratch.store.put(Buffer.from('hello'));
    const json = async (name: string) => JSON.parse(await readFile(join(scratch.root, name), 'utf8'));
    assert.deepEqual(await json('oci-layout'), { imageLayoutVersion: '1.0.0' });
    const index = await json('index.json');
    assert.equal(index.schemaVersion, 2);
    assert.deepEqual(index.manifests, []);
    assert.deepEqual(await readdir(join(scratch.root, 'blobs', 'sha256')), [digestOf('hello').slice(7)]);
  });

  it('is readable for its owner alone', async () => {
    await using scratch = await scratchStore();
    const { digest } = await scratch.store.put(noise(10, 1));
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    assert.equal(await mode(scratch.store.placeOf(digest)), '600');
    for (const folder of ['.staging', 'blobs', 'blobs/sha256', 'blobs/sha512'])
      assert.equal(await mode(join(scratch.root, folder)), '700');
    assert.equal(await mode(join(scratch.root, 'index.json')), '600');
  });

  it('does not write a blob that it holds again', async () => {
    await using scratch = await scratchStore();
    const bytes = noise(3_000_000, 1);
    const { digest, sizeBytes } = await scratch.store.put(bytes);
    const before = await stat(scratch.store.placeOf(digest));
    await scratch.store.put(bytes);
    await scratch.store.put(stream(bytes), { digest, sizeBytes });
    await scratch.store.put(stream(bytes));
    const batch = scratch.store.batch();
    await batch.put(bytes);
    assert.deepEqual(await scratch.leftovers(), []);
    await batch.commit();
    const after = await stat(scratch.store.placeOf(digest));
    assert.deepEqual([after.ino, after.ctimeMs], [before.ino, before.ctimeMs]);
  });

  it('keeps what it holds when it is opened again, also by two at once', async () => {
    await using scratch = await scratchStore();
    const { digest } = await scratch.store.put(Buffer.from('hello'));
    await writeFile(join(scratch.root, 'index.json'), '{"schemaVersion":2,"manifests":[],"annotations":{}}');
    const again = await Promise.all([1, 2].map(() => createFsBlobStore({ root: scratch.root })));
    for (const store of again) assert.equal((await store.bytes(digest)).length, 5);
    assert.match(await readFile(join(scratch.root, 'index.json'), 'utf8'), /annotations/);
  });

  it('refuses a layout of another version, and a place that cannot be a folder', async () => {
    await using scratch = await scratchStore();
    for (const text of ['{"imageLayoutVersion":"2.0.0"}', '1.0.0', 'null', '']) {
      await writeFile(join(scratch.root, 'oci-layout'), text);
      const opening = createFsBlobStore({ root: scratch.root });
      await assert.rejects(opening, (error) => hasCode(error, 'store.badLayout'), text);
    }
    const below = createFsBlobStore({ root: join(scratch.root, 'oci-layout', 'below') });
    await assert.rejects(below, (error) => hasCode(error, 'store.unwritable'));
  });

  it('never takes a link or a folder for a blob', async () => {
    await using scratch = await scratchStore();
    const [linked, folder] = [digestOf('linked'), digestOf('folder')];
    await symlink('/etc/hostname', scratch.store.placeOf(linked));
    await mkdir(scratch.store.placeOf(folder));
    for (const digest of [linked, folder]) {
      assert.equal(await scratch.store.stat(digest), undefined);
      await assert.rejects(scratch.store.read(digest), (error) => hasCode(error, 'store.notFound'));
    }
    assert.deepEqual(await Array.fromAsync(scratch.store.list()), []);
  });

  it('sweeps temporary files of dead processes, and of strangers once they are a day old', async () => {
    await using scratch = await scratchStore();
    const mine = ownedName();
    const [home, pid, start, chance] = mine.split('-');
    const names = {
      mine,
      dead: `${home}-${pid}-${Number(start) - 1}-${chance}`,
      gone: `${home}-4194305-77-${chance}`,
      stranger: `0123456789ab-${pid}-${start}-${chance}`,
      oldStranger: `0123456789ab-1-${start}-${chance}`,
      unknown: 'notes.txt',
    };
    const at = (name: string) => join(scratch.root, '.staging', name);
    for (const name of Object.values(names)) await writeFile(at(name), 'x');
    const dayAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
    for (const name of [names.mine, names.oldStranger, names.unknown]) await utimes(at(name), dayAgo, dayAgo);
    await createFsBlobStore({ root: scratch.root });
    assert.deepEqual(await scratch.leftovers(), [names.mine, names.stranger, names.unknown].toSorted());
  });
});
