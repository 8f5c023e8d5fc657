import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { type Descriptor, hasCode } from '../../kernel/index.ts';
import { dockerManifestMediaType, indexMediaType } from '../media-types.ts';
import { copyImage } from '../testing/copy-image.ts';
import { MemoryImages } from '../testing/memory-images.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { createLayoutFolder, openLayoutFolder } from './index.ts';

const scratch = await scratchFolder();
after(() => scratch[Symbol.asyncDispose]());
let made = 0;
const freshPath = (): string => join(scratch.path, String(made++));

describe('createLayoutFolder()', () => {
  test('keeps what a layout holds, replaces image tags, and leaves nothing else behind', async () => {
    const path = freshPath();
    const images = new MemoryImages();
    const [one, two, three] = ['1', '2', '3'].map((text) => images.image([text])) as [
      Descriptor,
      Descriptor,
      Descriptor,
    ];
    const first = await createLayoutFolder(path);
    await copyImage(images, first, one, 'latest');
    await copyImage(images, first, two);
    await first.close();
    const index = JSON.parse(await readFile(join(path, 'index.json'), 'utf8'));
    index.annotations = { theirs: 'kept' };
    index.manifests[1].urls = ['https://kept'];
    await writeFile(join(path, 'index.json'), JSON.stringify(index));

    const second = await createLayoutFolder(path);
    assert.equal(await second.tagged?.('latest'), one.digest);
    assert.equal(await second.takes(two), true);
    await copyImage(images, second, three, 'latest');
    await second.close();
    const after = JSON.parse(await readFile(join(path, 'index.json'), 'utf8'));
    assert.equal(after.mediaType, indexMediaType);
    assert.deepEqual(after.annotations, { theirs: 'kept' });
    assert.deepEqual(after.manifests[0], { ...two, urls: ['https://kept'] });
    assert.equal(after.manifests.length, 2);
    await using source = await openLayoutFolder(path);
    assert.equal((await source.resolve('latest')).digest, three.digest);
    assert.deepEqual((await readdir(path)).sort(), ['blobs', 'index.json', 'oci-layout']);
  });

  test('puts a wrapper of the OCI family beside a Docker image that has a name, and sees through it', async () => {
    const path = freshPath();
    const images = new MemoryImages();
    const docker = images.image(['layer'], { mediaType: dockerManifestMediaType }, dockerManifestMediaType);
    const target = await createLayoutFolder(path);
    for (const content of ['first', 'layer']) {
      const image = images.image([content], { mediaType: dockerManifestMediaType }, dockerManifestMediaType);
      await copyImage(images, target, image, 'v1');
    }
    await target.close();
    const { manifests } = JSON.parse(await readFile(join(path, 'index.json'), 'utf8'));
    assert.deepEqual(
      manifests.map(({ mediaType }: Descriptor) => mediaType),
      [dockerManifestMediaType, indexMediaType],
    );
    const wrapper = JSON.parse(
      await readFile(join(path, 'blobs/sha256', manifests[1].digest.slice(7)), 'utf8'),
    );
    assert.deepEqual(wrapper.manifests, [docker]);
    await using source = await openLayoutFolder(path);
    assert.equal((await source.resolve('v1')).digest, docker.digest);
    assert.equal((await source.roots()).length, 1);
  });

  test('costs no bytes for what is there, and names what a killed writer left unnamed', async () => {
    const path = freshPath();
    const images = new MemoryImages();
    const image = images.image(['layer']);
    const killed = await createLayoutFolder(path);
    await copyImage(images, killed, image);
    await killed.abort();
    const again = await createLayoutFolder(path);
    assert.equal(await again.takes(images.put('text/plain', 'layer')), true);
    assert.equal(await again.takes(image), false);
    await copyImage(images, again, image);
    await again.close();
    await using source = await openLayoutFolder(path);
    assert.deepEqual(await source.roots(), [image]);
    const third = await createLayoutFolder(path);
    assert.equal((await copyImage(images, third, image)).copiedBytes, 0);
  });

  test('refuses a folder with something else in it, and one whose blobs are a link elsewhere', async () => {
    const path = freshPath();
    await mkdir(path);
    await writeFile(join(path, 'letter.txt'), 'x');
    await assert.rejects(
      createLayoutFolder(path),
      (error) => hasCode(error, 'images.occupied') && /letter/.test(error.message),
    );
    const linked = freshPath();
    await mkdir(linked);
    await symlink(path, join(linked, 'blobs'));
    await assert.rejects(createLayoutFolder(linked), (error) => hasCode(error, 'images.outsideLink'));
    await writeFile(join(scratch.path, 'file'), '');
    await assert.rejects(createLayoutFolder(join(scratch.path, 'file')), (error) =>
      hasCode(error, 'images.placeFailed'),
    );
  });
});
