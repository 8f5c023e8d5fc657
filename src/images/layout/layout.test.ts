import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import * as fc from 'fast-check';
import { type Descriptor, type Digest, digestOf, hasCode } from '../../kernel/index.ts';
import { dockerManifestMediaType, indexMediaType } from '../media-types.ts';
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

describe('openLayoutFolder()', () => {
  const layoutWith = async (index: unknown, marker = '{"imageLayoutVersion":"1.0.0"}') => {
    const path = freshPath();
    await mkdir(join(path, 'blobs', 'sha256'), { recursive: true });
    await writeFile(join(path, 'oci-layout'), marker);
    await writeFile(join(path, 'index.json'), typeof index === 'string' ? index : JSON.stringify(index));
    return path;
  };
  const indexOf = (...manifests: unknown[]) => ({ schemaVersion: 2, manifests });
  const refuses = async (path: string, fault: RegExp) =>
    assert.rejects(
      openLayoutFolder(path),
      (error) => hasCode(error, 'images.badLayout') && fault.test(error.message),
      String(fault),
    );

  test('names what makes a folder no layout', async () => {
    await refuses(scratch.path, /oci-layout is missing/);
    await refuses(await layoutWith(indexOf(), '{"imageLayoutVersion":"2.0.0"}'), /version "2.0.0"/);
    await refuses(await layoutWith(indexOf(), 'x'), /no version/);
    await refuses(await layoutWith('{'), /not JSON/);
    await refuses(
      await layoutWith(indexOf({ mediaType: 'x', digest: 'sha256:../../x', size: 1 })),
      /manifests\[0\]/,
    );
    await refuses(await layoutWith('"'.padEnd(17 * 1024 * 1024)), /larger than/);
    const path = await layoutWith(indexOf());
    await rm(join(path, 'index.json'));
    await refuses(path, /index.json is missing/);
    await assert.rejects(openLayoutFolder(join(path, 'nothing')), (error) =>
      hasCode(error, 'images.placeFailed'),
    );
  });

  test('finds names as skopeo and umoci give them, and in nested indexes where they stand only there', async () => {
    const images = new MemoryImages();
    const named = (descriptor: Descriptor, name: string | number) => ({
      ...descriptor,
      annotations: { 'org.opencontainers.image.ref.name': name as string },
    });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((text) => images.image([text])) as [
      Descriptor,
      Descriptor,
      Descriptor,
      Descriptor,
    ];
    const nested = images.index([named(d, 'inner'), named(d, 'v1')]);
    const path = await layoutWith(
      indexOf(
        named(a, 'v1'),
        named(b, 'host:5000/name:v2'),
        named(b, 'v1x'),
        named(c, 'host/other'),
        named(c, 5),
        nested,
        named(a, 'twice'),
        named(b, 'twice'),
        named(a, 'same'),
        named(a, 'same'),
      ),
    );
    for (const [digest, bytes] of images.parts)
      await writeFile(join(path, 'blobs/sha256', digest.slice(7)), bytes);
    await using source = await openLayoutFolder(path);
    assert.deepEqual(await source.tags(), ['inner', 'same', 'v1', 'v1x', 'v2']);
    const digests = { v1: a, 'host:5000/name:v2': b, v2: b, 'host/other': c, inner: d, same: a };
    for (const [name, { digest }] of Object.entries(digests))
      assert.equal((await source.resolve(name)).digest, digest);
    await assert.rejects(source.resolve('twice'), (error) => hasCode(error, 'images.ambiguousImageTag'));
    await assert.rejects(source.resolve('other'), (error) => hasCode(error, 'images.notFound'));
    await assert.rejects(source.resolve(digestOf('nothing')), (error) => hasCode(error, 'images.notFound'));
  });

  test('names a part that is gone, cut short or damaged, and follows no link out of the folder', async () => {
    const images = new MemoryImages();
    const image = images.image(['layer']);
    const layer = images.put('text/plain', 'layer');
    const path = await layoutWith(indexOf(image));
    const place = ({ digest }: Descriptor) => join(path, 'blobs/sha256', digest.slice(7));
    await using source = await openLayoutFolder(path);
    await assert.rejects(source.manifest(image), (error) => hasCode(error, 'images.partGone'));
    await assert.rejects(source.blob(layer), (error) => hasCode(error, 'images.partGone'));
    await writeFile(place(image), Buffer.from((await images.manifest(image)).map((byte) => byte ^ 1)));
    await assert.rejects(source.manifest(image), (error) => hasCode(error, 'images.wrongBytes'));
    await writeFile(place(layer), 'lay');
    await assert.rejects(source.blob(layer), (error) => hasCode(error, 'images.wrongBytes'));
    await writeFile(join(scratch.path, 'layer'), 'layer');
    await rm(place(layer));
    await symlink('../../../layer', place(layer));
    await assert.rejects(source.blob(layer), (error) => hasCode(error, 'images.outsideLink'));
    await rm(place(layer));
    await mkdir(place(layer));
    await assert.rejects(source.blob(layer), (error) => hasCode(error, 'images.outsideLink'));
    const held = `${place(layer)}.held`;
    await writeFile(held, 'layer');
    await rm(place(layer), { recursive: true });
    await symlink(held, place(layer));
    assert.equal(Buffer.concat(await Array.fromAsync(await source.blob(layer, 2))).toString(), 'yer');
  });
});

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

describe('createLayoutTar()', () => {
  test('writes a blob that is put several times at once a single time, and gives equal bytes for equal images', async () => {
    const paths = [freshPath(), freshPath()];
    for (const path of paths) {
      const images = new MemoryImages();
      const target = await createLayoutTar(path);
      let opened = 0;
      const layer = images.put('text/plain', 'shared');
      const open = (start: number) => {
        opened++;
        return images.blob(layer, start);
      };
      await Promise.all([
        target.putBlob(layer, open),
        target.putBlob(layer, open),
        target.putBlob(layer, open),
      ]);
      assert.equal(opened, 1);
      await copyImage(images, target, images.image(['shared', 'own']), 'v1');
      await target.close();
    }
    assert.deepEqual(await readFile(paths[0]!), await readFile(paths[1]!));
  });

  test('leaves no tar that is not whole, and overwrites none', async () => {
    const path = freshPath();
    const images = new MemoryImages();
    const layer = images.put('text/plain', 'layer');
    const target = await createLayoutTar(path);
    const broken = async () => Promise.reject(new Error('reset'));
    await assert.rejects(
      target.putBlob(layer, broken),
      (error) => error instanceof Error && /reset/.test(error.message),
    );
    await assert.rejects(target.close(), (error) => hasCode(error, 'images.partGone'));
    await target.abort();
    assert.deepEqual(
      (await readdir(scratch.path)).filter((name) => name.startsWith(`${made - 1}`)),
      [],
    );
    await writeFile(path, 'precious');
    await assert.rejects(createLayoutTar(path), (error) => hasCode(error, 'images.occupied'));
  });
});
