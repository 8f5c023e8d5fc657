import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import * as fc from 'fast-check';
import { type Descriptor, type Digest, digestOf, hasCode } from '../../kernel/index.ts';
import { copyImage } from '../testing/copy-image.ts';
import { MemoryImages } from '../testing/memory-images.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { walkParts } from '../walk.ts';
import {
  createLayoutFolder,
  createLayoutTar,
  type LayoutSource,
  openLayoutFolder,
  openLayoutTar,
} from './index.ts';

const scratch = await scratchFolder();
after(() => scratch[Symbol.asyncDispose]());
let made = 0;
const freshPath = (): string => join(scratch.path, String(made++));

const ways = [
  { name: 'folder', create: createLayoutFolder, open: openLayoutFolder },
  { name: 'tar', create: createLayoutTar, open: openLayoutTar },
] as const;
const namesOf = async (source: LayoutSource) =>
  (await source.roots()).map(({ annotations }) => annotations?.['org.opencontainers.image.ref.name']);
/** Every part that a layout holds below its roots, each checked. */
async function partsOf(source: LayoutSource): Promise<Digest[]> {
  const reader = { bytes: async (digest: Digest) => source.manifest(await source.resolve(digest)) };
  const digests: Digest[] = [];
  for await (const { descriptor } of walkParts(reader, await source.roots(), 'layout')) {
    const bytes = Buffer.concat(await Array.fromAsync(await source.blob(descriptor)));
    assert.equal(digestOf(bytes), descriptor.digest);
    digests.push(descriptor.digest);
  }
  return digests.sort();
}

describe('an image layout', () => {
  for (const { name, create, open } of ways) {
    test(`as a ${name} gives back every image set that was written`, async () => {
      const layers = fc.array(fc.string({ maxLength: 30 }), { maxLength: 3 });
      const tag = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,10}$/);
      const image = fc.record({ layers, tag: fc.option(tag, { nil: undefined }) });
      const set = fc.record({
        images: fc.array(image, { maxLength: 4 }),
        indexed: fc.option(tag, { nil: undefined }),
      });
      await fc.assert(
        fc.asyncProperty(set, async ({ images: wanted, indexed }) => {
          const path = freshPath();
          const images = new MemoryImages();
          const target = await create(path);
          const named = new Map<string, Digest>();
          const roots: Descriptor[] = [];
          for (const { layers, tag } of wanted) {
            const root = images.image(layers);
            roots.push(root);
            await copyImage(images, target, root, tag);
            if (tag !== undefined) named.set(tag, root.digest);
          }
          const index = images.index(roots);
          await copyImage(images, target, index, indexed);
          if (indexed !== undefined) named.set(indexed, index.digest);
          await target.close();
          await using source = await open(path);
          assert.deepEqual(await source.tags(), [...named.keys()].sort());
          for (const [tag, digest] of named) assert.equal((await source.resolve(tag)).digest, digest);
          assert.deepEqual(await partsOf(source), [...images.parts.keys()].sort());
        }),
        { numRuns: 15 },
      );
    });

    test(`as a ${name} keeps annotations, lists what has no name and no index, and finds referrers`, async () => {
      const path = freshPath();
      const images = new MemoryImages();
      const child = { ...images.image(['child']), platform: { os: 'linux', architecture: 's390x' } };
      const index = { ...images.index([child]), annotations: { 'dev.holdfast.repository': 'h/a' } };
      images.described.set(index.digest, index);
      const more = { artifactType: 'text/sbom', subject: index, annotations: { of: 'it' } };
      const referrer = images.image([], more);
      const target = await create(path);
      for (const root of [child, index, referrer])
        await copyImage(images, target, root, root === index ? 'v1' : undefined);
      await target.close();
      await using source = await open(path);
      assert.deepEqual(await namesOf(source), ['v1', undefined]);
      assert.deepEqual(await source.resolve('v1'), {
        ...index,
        annotations: { 'dev.holdfast.repository': 'h/a', 'org.opencontainers.image.ref.name': 'v1' },
      });
      assert.equal((await source.resolve(child.digest)).mediaType, child.mediaType);
      const found = { ...referrer, artifactType: 'text/sbom', annotations: { of: 'it' } };
      assert.deepEqual(await source.referrers(index.digest), [found]);
      assert.deepEqual(await source.referrers(child.digest), []);
    });

    test(`as a ${name} takes a blob through breaks and asks for the rest only`, async () => {
      const path = freshPath();
      const images = new MemoryImages();
      const content = Buffer.alloc(3_000_000, 'blob');
      const part = images.put('text/plain', content);
      const starts: number[] = [];
      const target = await create(path);
      await target.putBlob(part, async (start) => {
        starts.push(start);
        return (async function* () {
          yield content.subarray(start, start + 1_200_000);
          if (start + 1_200_000 < content.length) throw new Error('connection reset');
        })();
      });
      assert.deepEqual(starts, [0, 1_200_000, 2_400_000]);
      assert.equal(await target.takes(part), true);
      const reset = new Error('connection reset');
      const other = images.put('text/plain', 'other');
      await assert.rejects(
        target.putBlob(other, () => Promise.reject(reset)),
        (error) => error === reset,
        'the error of whoever gives the bytes stays theirs',
      );
      await target.abort();
    });

    test(`as a ${name} refuses bytes that are not the blob, and takes the right ones after them`, async () => {
      const path = freshPath();
      const images = new MemoryImages();
      const image = images.image(['the layer']);
      const layer = images.put('text/plain', 'the layer');
      const target = await create(path);
      for (const wrong of ['another', 'the layer and more', 'the', '']) {
        await assert.rejects(
          target.putBlob(layer, async () =>
            (async function* () {
              yield Buffer.from(wrong);
            })(),
          ),
          (error) => hasCode(error, 'store.mismatch'),
          wrong,
        );
        assert.equal(await target.takes(layer), false);
      }
      await copyImage(images, target, image, 'v1');
      await target.close();
      await using source = await open(path);
      assert.deepEqual(await partsOf(source), [...images.parts.keys()].sort());
    });
  }
});
