import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { smallDisk } from '../../../test/support/small-disk.ts';
import { digestOf, HoldfastError } from '../../kernel/index.ts';
import { createFsBlobStore, verifyBlobs } from '../../store/index.ts';
import { createLayoutFolder, openLayoutFolder } from '../layout/index.ts';
import { createMirrorFolder, openMirrorFolder } from '../oc-mirror/index.ts';
import { readManifest } from '../read-manifest.ts';
import { createStoreTarget } from '../stored/store-target.ts';
import { MemoryImages } from '../testing/memory-images.ts';
import type { ImageSource, ImageTarget } from '../types.ts';
import { copyImages } from './copy-images.ts';

/** An image with parts that a nearly full disk has no room for, and small ones. */
const images = new MemoryImages();
const image = images.image(['small', Buffer.alloc(6 * 1024 * 1024, 'large layer ')]);
images.named.set('v1', image);

/** Says that the disk is full, and of how much is needed, whichever side tells it. */
function isFull(error: unknown): boolean {
  assert.ok(error instanceof HoldfastError, String(error));
  assert.equal(error.kind, 'unavailable');
  const { code } = error.cause instanceof HoldfastError ? error.cause : error;
  assert.ok(code === 'store.full' || code === 'images.placeFull', `${error.code} ${code}`);
  return true;
}

/** Every byte of it is there again. */
async function assertWhole(source: ImageSource): Promise<void> {
  const found = await source.resolve('v1');
  const { config, layers } = readManifest(await source.manifest(found), found.mediaType, 'v1');
  for (const part of [config!, ...layers])
    assert.equal(digestOf(Buffer.concat(await Array.fromAsync(await source.blob(part)))), part.digest);
}

const targets: Record<
  string,
  (root: string) => Promise<{ target: ImageTarget; close(): Promise<void>; check(): Promise<void> }>
> = {
  'the store': async (root) => {
    const store = await createFsBlobStore({ root: join(root, 'store') });
    const check = async () => assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
    return { target: createStoreTarget({ store, name: 'the store' }), close: async () => {}, check };
  },
  'an image layout': async (root) => {
    const target = await createLayoutFolder(join(root, 'layout'));
    const check = async () => {
      await using layout = await openLayoutFolder(join(root, 'layout'));
      await assertWhole(layout);
    };
    return { target, close: () => target.close(), check };
  },
  'a mirror folder of oc': async (root) => {
    const folder = await createMirrorFolder(join(root, 'mirror'));
    const check = async () => assertWhole((await openMirrorFolder(join(root, 'mirror'))).repository('a/b'));
    return { target: await folder.repository('a/b'), close: () => folder.close(), check };
  },
};

for (const [name, open] of Object.entries(targets))
  test(`a copy into ${name} on a full disk says so, and goes on once there is room`, async (t) => {
    await using disk = await smallDisk(t, 24);
    if (!disk) return;
    const ballast = join(disk.root, 'ballast');
    await writeFile(ballast, Buffer.alloc(14 * 1024 * 1024));
    const roots = [{ reference: 'v1', tag: 'v1' }];
    const first = await open(disk.root);
    await assert.rejects(copyImages({ source: images, target: first.target, roots }), isFull);
    await rm(ballast);
    const second = await open(disk.root);
    const copied = await copyImages({ source: images, target: second.target, roots });
    await second.close();
    await second.check();
    assert.equal(copied.roots[0]!.descriptor.digest, image.digest);
  });
