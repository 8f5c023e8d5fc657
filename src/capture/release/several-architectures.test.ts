import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { memoryCapture } from '../image/testing/memory-registry.ts';
import { createMemorySource } from '../image/testing/memory-source.ts';
import { openImageSnapshot } from '../snapshot/image-index.ts';
import { extractProgram } from './extract/extract-program.ts';
import { markers } from './extract/markers.ts';
import { openRelease } from './release.ts';
import { componentRepository, imageReferences, releaseRepository } from './testing/release-source.ts';

const platforms = ['amd64', 'arm64'].map((architecture) => ({ os: 'linux', architecture }));
const program = (architecture: string) =>
  Buffer.concat([
    Buffer.from(architecture),
    ...[markers.image, markers.version, markers.architecture].map(({ bytes }) => bytes),
  ]);

/** A release of two architectures: its image and its only component are indexes. */
async function severalArchitectures() {
  const components = createMemorySource(componentRepository);
  const release = createMemorySource(releaseRepository);
  const installers = await Promise.all(
    platforms.map((platform) =>
      components.image({
        platform,
        layers: [{ 'usr/bin/openshift-install': program(platform.architecture) }],
      }),
    ),
  );
  const installer = components.index(installers.map((one, at) => ({ ...one, platform: platforms[at]! })));
  const references = imageReferences('4.20.1', [['installer', `${componentRepository}@${installer.digest}`]]);
  const images = await Promise.all(
    platforms.map((platform) =>
      release.image({
        platform,
        labels: { 'io.openshift.release': '4.20.1' },
        layers: [{ 'release-manifests/image-references': references }],
      }),
    ),
  );
  const index = release.index(
    images.map((one, at) => ({ ...one, platform: platforms[at]! })),
    '4.20.1-multi',
  );
  return { release, components, index, images, installer, installers };
}

const link = `docker://${releaseRepository}:4.20.1-multi`;

test('a release of several architectures is mirrored as such, and gives the installer for each', async () => {
  const { release, components, index, installer } = await severalArchitectures();
  const { store, capture } = memoryCapture([release, components]);
  const { digest } = await capture(link);
  const { imageTags, architecture, components: found, digest: own } = await openRelease(store, digest!);
  assert.deepEqual([architecture, imageTags, own], ['multi', ['4.20.1-multi'], index.digest]);
  assert.deepEqual(
    found.map((one) => [one.imageTag, one.digest]),
    [['4.20.1-multi-installer', installer.digest]],
  );
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-multi-'));
  try {
    for (const wanted of [undefined, 'arm64']) {
      const to = join(folder, 'openshift-install');
      const options = { store, snapshot: digest!, program: 'openshift-install' as const, to };
      await extractProgram({ ...options, ...(wanted && { architecture: wanted }) });
      const text = (await readFile(to)).toString('latin1');
      const name = wanted ?? 'amd64';
      assert.ok(text.startsWith(name), name);
      assert.ok(text.includes(`multi (linux/${name})\0`), name);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('of one chosen architecture the release and its components are those of that one', async () => {
  const { release, components, images, installers } = await severalArchitectures();
  const { store, capture } = memoryCapture([release, components]);
  const { digest } = await capture(link, { options: { platforms: ['linux/arm64'] } });
  const { roots } = await openImageSnapshot(store, digest!);
  assert.deepEqual(
    roots.map(({ imageTag, descriptor }) => [imageTag, descriptor.digest]),
    [
      ['4.20.1-aarch64', images[1]!.digest],
      ['4.20.1-aarch64-installer', installers[1]!.digest],
    ],
  );
});
