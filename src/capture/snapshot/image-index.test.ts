import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeManifest, manifestMediaType } from '../../images/index.ts';
import { type Descriptor, hasCode } from '../../kernel/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { imageArtifactType, releaseArtifactType } from './format.ts';
import { openImageSnapshot, writeImageIndex } from './image-index.ts';
import type { ImageRoot } from './image-root.ts';
import { createSnapshotReaders } from './readers.ts';
import { pageConfig } from './testing/stored-page.ts';

const config = { ...pageConfig, kind: 'release' as const, viewport: { width: 0, height: 0 } };
const descriptor: Descriptor = {
  mediaType: manifestMediaType,
  digest: `sha256:${'a'.repeat(64)}`,
  size: 10,
};
const roots: readonly ImageRoot[] = [
  {
    descriptor,
    imageTag: '4.5.9-x86_64',
    repository: 'quay.io/openshift-release-dev/ocp-release',
    role: 'release',
  },
  { descriptor, imageTag: '4.5.9', repository: 'quay.io/openshift-release-dev/ocp-release' },
  {
    descriptor: { ...descriptor, artifactType: 'application/x-sbom' },
    repository: '127.0.0.1:5000/a_b/c--d.e',
  },
];

async function written(parts: Partial<Parameters<typeof writeImageIndex>[1]> = {}) {
  const store = new MemoryBlobStore();
  const batch = store.batch();
  const { digest } = await writeImageIndex(batch, {
    artifactType: releaseArtifactType,
    config,
    roots,
    ...parts,
  });
  await batch.commit();
  return { store, digest };
}

/** The index of a good snapshot with something about it changed. */
async function changed(change: (index: { artifactType: string; manifests: Descriptor[] }) => unknown) {
  const { store, digest } = await written();
  const index = JSON.parse(Buffer.from(await store.bytes(digest)).toString());
  change(index);
  return { store, digest: (await store.put(Buffer.from(JSON.stringify(index)))).digest };
}

test('a release is read back as it was written: roots in order, the same image under each of its tags', async () => {
  const { store, digest } = await written();
  const snapshot = await openImageSnapshot(store, digest);
  assert.deepEqual(snapshot.roots, roots);
  assert.deepEqual([snapshot.kind, snapshot.config.title], ['release', config.title]);
  const about = JSON.parse(Buffer.from(await store.bytes(snapshot.about.digest)).toString());
  assert.equal(about.artifactType, 'application/vnd.holdfast.snapshot.v1+json');
});

test('a reader gives the config of an image snapshot, and no layers of its own', async () => {
  const { store, digest } = await written({
    artifactType: imageArtifactType,
    config: { ...config, kind: 'image' },
  });
  const reader = await createSnapshotReaders({ store }).open(digest);
  assert.deepEqual([reader.config.kind, reader.layers], ['image', []]);
  await assert.rejects(reader.as('html'), (error) => hasCode(error, 'capture.noFormat'));
});

test('an index that is no snapshot of ours is refused with what is wrong', async () => {
  const annotate = (annotations: Record<string, string>) => (index: { manifests: Descriptor[] }) => {
    index.manifests[1] = { ...index.manifests[1]!, annotations };
  };
  const repository = { 'dev.holdfast.repository': 'quay.io/a' };
  const cases: [Parameters<typeof changed>[0], RegExp][] = [
    [(index) => (index.artifactType = 'application/x-other'), /artifactType is "application\/x-other"/],
    [(index) => (index.artifactType = imageArtifactType), /config is that of a release/],
    [(index) => index.manifests.shift(), /first entry does not tell/],
    [(index) => index.manifests.splice(0, 9), /first entry does not tell/],
    [annotate({}), /manifests\[1\] does not say which repository/],
    [annotate({ 'dev.holdfast.repository': 'quay.io/../a' }), /manifests\[1\] does not say/],
    [annotate({ ...repository, 'org.opencontainers.image.ref.name': 'a/b' }), /bad image tag/],
    [annotate({ ...repository, 'dev.holdfast.role': 'root' }), /unknown role "root"/],
    [(index) => (index.manifests[1] = { ...descriptor, mediaType: 'text/plain' }), /is no manifest/],
  ];
  for (const [change, fault] of cases) {
    const { store, digest } = await changed(change);
    await assert.rejects(
      openImageSnapshot(store, digest),
      (error) => hasCode(error, 'capture.badSnapshot') && fault.test(error.message),
      String(fault),
    );
  }
});

test('a page is refused where an image is asked for', async () => {
  const store = new MemoryBlobStore();
  const manifest = encodeManifest({
    schemaVersion: 2,
    mediaType: manifestMediaType,
    config: descriptor,
    layers: [],
  });
  const { digest } = await store.put(manifest);
  await assert.rejects(openImageSnapshot(store, digest), (error) => hasCode(error, 'capture.badSnapshot'));
});
