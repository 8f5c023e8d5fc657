import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import {
  createLayoutFolder,
  createLayoutTar,
  openLayoutFolder,
  openLayoutTar,
} from '../../src/images/index.ts';
import {
  dockerListMediaType,
  dockerManifestMediaType,
  indexMediaType,
  manifestMediaType,
} from '../../src/images/media-types.ts';
import { readManifest } from '../../src/images/read-manifest.ts';
import { tarOf } from '../../src/images/tar/testing/tar-bytes.ts';
import { copyTags } from '../../src/images/testing/copy-image.ts';
import { MemoryImages } from '../../src/images/testing/memory-images.ts';
import { scratchFolder } from '../../src/images/testing/scratch-folder.ts';
import { type Descriptor, digestOf, hasCode } from '../../src/kernel/index.ts';

const run = promisify(execFile);
const has = (program: string) =>
  process.env.PATH!.split(delimiter).some((folder) => existsSync(join(folder, program)));
const needs = (program: string) => (has(program) ? false : `${program} is not installed`);
const scratch = await scratchFolder();
after(() => scratch[Symbol.asyncDispose]());
let made = 0;
const freshPath = () => join(scratch.path, `p${made++}`);
const skopeo = (...args: string[]) =>
  run('skopeo', ['--insecure-policy', 'copy', '--quiet', '--preserve-digests', ...args]);

/** `oci` and `docker`, each an image, and `both`, an index of two platforms. */
async function realImages(): Promise<MemoryImages> {
  const images = new MemoryImages();
  const image = async (family: 'docker' | 'oci', architecture: string): Promise<Descriptor> => {
    const files = await tarOf(
      [{ path: 'etc', type: 'directory' }],
      [{ path: 'etc/motd' }, `for ${architecture}\n`],
    );
    const types =
      family === 'oci'
        ? [
            manifestMediaType,
            'application/vnd.oci.image.config.v1+json',
            'application/vnd.oci.image.layer.v1.tar+gzip',
          ]
        : [
            dockerManifestMediaType,
            'application/vnd.docker.container.image.v1+json',
            'application/vnd.docker.image.rootfs.diff.tar.gzip',
          ];
    const rootfs = { type: 'layers', diff_ids: [digestOf(files)] };
    const config = images.put(
      types[1]!,
      JSON.stringify({ architecture, os: 'linux', config: {}, rootfs, history: [{}] }),
    );
    const layers = [images.put(types[2]!, gzipSync(files))];
    return images.put(types[0]!, JSON.stringify({ schemaVersion: 2, mediaType: types[0], config, layers }));
  };
  const list = async (family: 'docker' | 'oci', mediaType: string) => {
    const platform = (architecture: string) => ({ os: 'linux', architecture });
    const manifests = [
      { ...(await image(family, 'amd64')), platform: platform('amd64') },
      { ...(await image(family, 's390x')), platform: platform('s390x') },
    ];
    return images.put(mediaType, JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
  };
  images.named.set('oci', await image('oci', 'amd64'));
  images.named.set('docker', await image('docker', 'amd64'));
  images.named.set('both', await list('oci', indexMediaType));
  images.named.set('list', await list('docker', dockerListMediaType));
  return images;
}

const ways = [
  { scheme: 'oci', create: createLayoutFolder, open: openLayoutFolder },
  { scheme: 'oci-archive', create: createLayoutTar, open: openLayoutTar },
] as const;

describe('skopeo', { skip: needs('skopeo') }, () => {
  for (const { scheme, create, open } of ways) {
    test(`takes every image from our ${scheme} and gives it back, digest for digest`, async () => {
      const images = await realImages();
      const ours = freshPath();
      const target = await create(ours);
      await copyTags(images, target);
      await target.close();
      const list = images.named.get('list')!;
      const [amd64] = readManifest(await images.manifest(list), undefined, 'list').manifests as [Descriptor];
      for (const [tag, { digest }] of images.named) {
        const theirs = freshPath();
        // Docker's images stand in a wrapper for skopeo, which it takes them out of.
        const isDocker = tag === 'docker' || tag === 'list';
        await skopeo(
          ...(isDocker ? [] : ['--all']),
          `${scheme}:${ours}:${tag}`,
          `${scheme}:${theirs}:host/name:${tag}`,
        );
        await using source = await open(theirs);
        assert.deepEqual(await source.tags(), [tag]);
        const found = await source.resolve(tag);
        assert.equal(found.digest, tag === 'list' ? amd64.digest : digest);
        const again = freshPath();
        const copy = await create(again);
        await copyTags(source, copy);
        await copy.close();
        await using copied = await open(again);
        assert.equal((await copied.resolve(tag)).digest, found.digest);
      }
    });
  }

  test('adds to our folder, and we add to its', async () => {
    const images = await realImages();
    const path = freshPath();
    const target = await createLayoutFolder(path);
    await copyTags(images, target);
    await target.close();
    await skopeo(`oci:${path}:oci`, `oci:${path}:theirs`);
    const second = await createLayoutFolder(path);
    await second.putManifest(
      images.named.get('docker')!,
      await images.manifest(images.named.get('docker')!),
      'ours',
    );
    await second.close();
    await using source = await openLayoutFolder(path);
    assert.deepEqual(await source.tags(), ['both', 'docker', 'list', 'oci', 'ours', 'theirs']);
    assert.equal((await source.resolve('theirs')).digest, images.named.get('oci')!.digest);
  });
});

describe('umoci', { skip: needs('umoci') }, () => {
  test('lists, tags, sweeps and unpacks our folder', async () => {
    const images = await realImages();
    const path = freshPath();
    const target = await createLayoutFolder(path);
    await copyTags(images, target);
    await target.close();
    const listed = await run('umoci', ['ls', '--layout', path]);
    assert.deepEqual([...new Set(listed.stdout.trim().split('\n'))].sort(), [
      'both',
      'docker',
      'list',
      'oci',
    ]);
    await run('umoci', ['tag', '--image', `${path}:oci`, 'again']);
    await run('umoci', ['gc', '--layout', path]);
    const bundle = freshPath();
    await run('umoci', ['unpack', '--rootless', '--image', `${path}:again`, bundle]);
    assert.equal(await readFile(join(bundle, 'rootfs', 'etc', 'motd'), 'utf8'), 'for amd64\n');
    await using source = await openLayoutFolder(path);
    assert.equal((await source.resolve('again')).digest, images.named.get('oci')!.digest);
  });
});

describe('GNU tar', { skip: needs('tar') }, () => {
  test('unpacks our tar to a layout', async () => {
    const images = await realImages();
    const tar = freshPath();
    const target = await createLayoutTar(tar);
    await copyTags(images, target);
    await target.close();
    const folder = freshPath();
    await mkdir(folder);
    await run('tar', ['xf', tar, '-C', folder]);
    assert.deepEqual((await readdir(folder)).sort(), ['blobs', 'index.json', 'oci-layout']);
    await using source = await openLayoutFolder(folder);
    for (const [tag, { digest }] of images.named) assert.equal((await source.resolve(tag)).digest, digest);
  });

  test('packs a folder in each of its formats so that we read it; a compressed one is refused with a hint', async () => {
    const images = await realImages();
    const folder = freshPath();
    const target = await createLayoutFolder(folder);
    await copyTags(images, target);
    await target.close();
    for (const format of ['ustar', 'pax', 'gnu', 'oldgnu', 'v7']) {
      const tar = freshPath();
      await run('tar', ['cf', tar, `--format=${format}`, '-C', folder, '.']);
      await using source = await openLayoutTar(tar);
      assert.deepEqual(await source.tags(), ['both', 'docker', 'list', 'oci'], format);
    }
    const zipped = freshPath();
    await writeFile(zipped, gzipSync(Buffer.alloc(2000)));
    await assert.rejects(
      openLayoutTar(zipped),
      (error) => hasCode(error, 'images.compressedTar') && /gunzip/.test(error.hint!),
    );
  });
});
