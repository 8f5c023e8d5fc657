import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifestMediaType, walkParts } from '../../images/index.ts';
import { type Digest, digestOf, hasCode } from '../../kernel/index.ts';
import { openImageSnapshot } from '../snapshot/image-index.ts';
import { memoryCapture } from './testing/memory-registry.ts';
import { createMemorySource } from './testing/memory-source.ts';

const repository = 'registry.example.org/team/app';
const link = `docker://${repository}:1.0`;
const amd = { os: 'linux', architecture: 'amd64' };
const arm = { os: 'linux', architecture: 'arm64', variant: 'v8' };
const labels = {
  'org.opencontainers.image.title': 'App',
  'org.opencontainers.image.description': 'Does one thing',
  maintainer: 'somebody',
};

async function severalPlatforms() {
  const source = createMemorySource(repository);
  const images = await Promise.all([amd, arm].map((platform) => source.image({ platform, labels })));
  const index = source.index(
    images.map((image, at) => ({ ...image, platform: [amd, arm][at]! })),
    '1.0',
  );
  return { source, images, index };
}

const codes = (outcome: { evidence: readonly { code: string }[] }) =>
  outcome.evidence.map(({ code }) => code);

test('an image is kept for all its platforms, byte for byte, and told with what it is', async () => {
  const { source, index } = await severalPlatforms();
  const { store, capture } = memoryCapture([source]);
  const outcome = await capture(link);
  assert.deepEqual(
    [outcome.kind, outcome.verdict, outcome.title, outcome.description, outcome.formats],
    ['image', 'good', 'team/app:1.0', 'App: Does one thing', []],
  );
  assert.deepEqual(outcome.evidence, [
    { code: 'imageCopied', details: { manifests: 3, blobs: 3, platforms: 'linux/amd64, linux/arm64' } },
  ]);
  for (const word of ['registry.example.org/team/app:1.0', 'linux/arm64', 'maintainer somebody'])
    assert.ok(outcome.searchText.includes(word), word);
  const snapshot = await openImageSnapshot(store, outcome.digest!);
  assert.deepEqual(snapshot.roots, [{ descriptor: index, imageTag: '1.0', repository }]);
  let sizeBytes = 0;
  for await (const { descriptor } of walkParts(store, [index], link)) {
    assert.equal(digestOf(await store.bytes(descriptor.digest)), descriptor.digest);
    assert.ok(source.parts.has(descriptor.digest));
    sizeBytes += descriptor.size;
  }
  assert.equal(outcome.measures.sizeBytes, sizeBytes);
});

test('of chosen platforms a single one takes over the image tag, and the snapshot is whole', async () => {
  const { source, images } = await severalPlatforms();
  const { store, capture } = memoryCapture([source]);
  const one = await capture(link, { options: { platforms: ['linux/arm64'] } });
  const { roots } = await openImageSnapshot(store, one.digest!);
  assert.deepEqual(roots, [{ descriptor: images[1], imageTag: '1.0', repository }]);
  assert.equal(one.evidence[0]!.details.platforms, 'linux/arm64');
  const none = await capture(link, { options: { platforms: ['windows/amd64'] } });
  assert.deepEqual([none.verdict, codes(none), none.digest], ['failed', ['platformMissing'], null]);
});

test('referrers and the tags of cosign come along as roots of their own', async () => {
  const { source, index } = await severalPlatforms();
  const config = source.put('application/vnd.oci.empty.v1+json', '{}');
  const artifact = { schemaVersion: 2, mediaType: manifestMediaType, config, layers: [] };
  const { artifactType, ...subject } = { ...index, artifactType: '' };
  const sbom = source.put(manifestMediaType, { ...artifact, artifactType: 'application/x-sbom', subject });
  const tag = `${index.digest.replace(':', '-')}.sig`;
  const signature = source.put(manifestMediaType, { ...artifact, annotations: { of: 'cosign' } }, tag);
  const { store, capture } = memoryCapture([source]);
  const { roots } = await openImageSnapshot(store, (await capture(link)).digest!);
  const [image, ...rest] = roots.map(({ descriptor, imageTag }) => [descriptor.digest, imageTag]);
  assert.deepEqual(image, [index.digest, '1.0']);
  assert.deepEqual(
    new Map(rest as [Digest, string | undefined][]),
    new Map([
      [sbom.digest, undefined],
      [signature.digest, tag],
    ]),
  );
});

test('an unchanged image is taken again without a byte of its blobs', async () => {
  const { source } = await severalPlatforms();
  const { capture } = memoryCapture([source]);
  const first = await capture(link);
  const reads = new Map(source.reads);
  assert.equal((await capture(link)).digest, first.digest);
  assert.deepEqual(source.reads, reads);
});

test('an image that is not there, not whole or not one that can be kept ends in its reason', async () => {
  const { source, images } = await severalPlatforms();
  const { capture } = memoryCapture([source]);
  const gone = await capture(`docker://${repository}:2.0`);
  assert.deepEqual([gone.verdict, codes(gone), gone.digest], ['not-found', ['imageNotFound'], null]);
  const denied = await capture('docker://registry.example.org/secret:1.0');
  assert.deepEqual([denied.verdict, codes(denied)], ['failed', ['imageUnusable']]);
  assert.match(String(denied.evidence[0]!.details.detail), /refuses access to "secret"/);
  source.put('application/vnd.docker.distribution.manifest.v1+json', { schemaVersion: 1 }, 'old');
  const old = await capture(`docker://${repository}:old`);
  assert.match(String(old.evidence[0]!.details.detail), /registry\.example\.org.*not supported/);
  const manifest = JSON.parse(Buffer.from(source.parts.get(images[0]!.digest)!).toString());
  source.parts.delete(manifest.layers[0].digest);
  const partial = await capture(`docker://${repository}@${images[0]!.digest}`);
  assert.deepEqual(
    [partial.verdict, codes(partial)],
    ['failed', ['partMissing']],
    JSON.stringify(partial.evidence),
  );
  assert.equal(partial.evidence[0]!.details.part, manifest.layers[0].digest);
});

test('a source that cannot be reached is thrown, so that the capture is tried again; so is a cancel', async () => {
  const { source } = await severalPlatforms();
  const { capture } = memoryCapture([{ ...source, resolve: () => Promise.reject(new Error('reset')) }]);
  await assert.rejects(capture(link), (error) => hasCode(error, 'images.sourceFailed'));
  const reason = new Error('no more');
  await assert.rejects(memoryCapture([source]).capture(link, { signal: AbortSignal.abort(reason) }), reason);
});

test('a layer whose bytes are others than its digest is not kept', async () => {
  const { source, images } = await severalPlatforms();
  const manifest = JSON.parse(Buffer.from(source.parts.get(images[0]!.digest)!).toString());
  source.parts.set(manifest.layers[0].digest, Buffer.from('other bytes'.padEnd(manifest.layers[0].size)));
  const { store, capture } = memoryCapture([source]);
  const outcome = await capture(link);
  assert.deepEqual([outcome.verdict, outcome.digest], ['failed', null]);
  assert.equal(await store.stat(manifest.layers[0].digest), undefined);
  assert.equal(await store.stat(digestOf('other bytes'.padEnd(manifest.layers[0].size))), undefined);
});
