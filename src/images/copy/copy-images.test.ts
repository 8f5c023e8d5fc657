import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { type Descriptor, hasCode, type Progress } from '../../kernel/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { imagesErrors } from '../errors.ts';
import { parsePlatform } from '../platform.ts';
import { createRegistry } from '../registry/create-registry.ts';
import { createStoreSource } from '../stored/store-source.ts';
import { createStoreTarget } from '../stored/store-target.ts';
import { type FakeRegistry, startFakeRegistry } from '../testing/fake-registry.ts';
import { createPlainTransport } from '../testing/plain-transport.ts';
import type { ImageSource } from '../types.ts';
import { copyImages } from './copy-images.ts';

const transport = createPlainTransport();
const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };

describe('copyImages()', () => {
  let fake: FakeRegistry;
  let store: MemoryBlobStore;
  let source: ImageSource;
  let tags: Map<string, Descriptor>;
  const target = () =>
    createStoreTarget({ store, name: 'the store', onTag: (tag, it) => void tags.set(tag, it) });
  const registry = () =>
    createRegistry({ transport, plainHttp: true, attempts: 2, pauseMs: 1, stallMs: 2_000 });
  const held = async (descriptor: Descriptor) => (await store.stat(descriptor.digest)) !== undefined;

  before(async () => {
    fake = await startFakeRegistry();
  });
  after(async () => {
    transport.close();
    await fake.close();
  });
  beforeEach(() => {
    fake.intercept = undefined;
    fake.hasReferrersApi = false;
    for (const each of [fake.blobs, fake.manifests, fake.tags]) each.clear();
    fake.requests.length = 0;
    store = new MemoryBlobStore();
    tags = new Map();
    source = registry().source({ host: fake.host, repository: 'a/b' });
  });

  test('holds nothing of what indexes and lists say of a part besides its type, digest and size', async () => {
    const annotations = { filler: 'x'.repeat(100_000) };
    const subject = fake.addImage(['subject']);
    const root = fake.addIndex([{ ...subject, annotations, platform: amd64 }], 'v1');
    const config = fake.addBlob('{}', 'application/vnd.oci.empty.v1+json');
    const { digest } = fake.addManifest({ config, layers: [], subject, annotations });
    fake.hasReferrersApi = true;
    const roots = [{ reference: 'v1' }];
    const result = await copyImages({ source, target: target(), roots, withReferrers: true });
    assert.deepEqual(result.attachments[0]?.descriptor.digest, digest);
    assert.deepEqual(result.attachments[0]?.subject, subject);
    assert.deepEqual(result.roots[0]?.descriptor, root);
  });

  test('copies nested indexes with shared layers: each blob once, a manifest after its parts', async () => {
    const one = fake.addImage(['shared', 'one']);
    const two = fake.addImage(['shared', 'two']);
    const inner = fake.addIndex([two]);
    const root = fake.addIndex([one, inner], 'v1');
    const result = await copyImages({ source, target: target(), roots: [{ reference: 'v1', tag: 'v1' }] });
    assert.deepEqual(result.roots[0]?.descriptor, root);
    assert.deepEqual(tags.get('v1'), root);
    for (const { mediaType, digest, size } of [root, inner, one, two])
      assert.ok(await held({ mediaType, digest, size }));
    const blobs = fake.requests.filter((request) => request.includes('/blobs/'));
    assert.equal(new Set(blobs).size, blobs.length);
    assert.equal(blobs.length, 4);
    assert.equal(result.copiedBytes, result.sizeBytes);
  });

  test('mirrors an unchanged image by tag with one request, by digest with none', async () => {
    const image = fake.addImage(['layer'], 'v1');
    const roots = [{ reference: 'v1' }, { reference: image.digest }];
    await copyImages({ source, target: target(), roots });
    fake.requests.length = 0;
    const again = await copyImages({ source, target: target(), roots });
    assert.deepEqual(fake.requests, ['HEAD /v2/a/b/manifests/v1']);
    assert.equal(again.copiedBytes, 0);
  });

  test('mirrors unchanged images with what belongs to them for two requests each, and one for all tags', async () => {
    fake.hasReferrersApi = true;
    const images = ['v1', 'v2', 'v3'].map((tag) => fake.addImage([tag], tag));
    const config = fake.addBlob('{}');
    fake.addManifest({ config, layers: [fake.addBlob('a signature')], subject: images[0] });
    const roots = ['v1', 'v2', 'v3'].map((reference) => ({ reference }));
    await copyImages({ source, target: target(), roots, withReferrers: true });
    fake.requests.length = 0;
    await copyImages({ source, target: target(), roots, withReferrers: true });
    // The signature is asked for what belongs to it, as each image is.
    assert.equal(fake.requests.length, 3 + 4 + 1, fake.requests.join('\n'));
  });

  test('takes back what went missing below a manifest that is held', async () => {
    const layer = fake.addBlob('layer');
    fake.addImage(['layer'], 'v1');
    const roots = [{ reference: 'v1' }];
    await copyImages({ source, target: target(), roots });
    await store.delete(layer.digest);
    await copyImages({ source, target: target(), roots });
    assert.ok(await held(layer));
  });

  test('keeps chosen platforms and the bytes of their index', async () => {
    const [one, two] = [fake.addImage(['one']), fake.addImage(['two'])];
    const about = {
      ...fake.addImage(['attestation']),
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.digest': two.digest },
    };
    const root = fake.addIndex([{ ...one, platform: amd64 }, { ...two, platform: arm64 }, about], 'v1');
    const roots = [{ reference: 'v1' }];
    const result = await copyImages({ source, target: target(), roots, platforms: [amd64] });
    assert.deepEqual([await held(root), await held(one), await held(two)], [true, true, false]);
    assert.deepEqual(
      result.leftOut.map(({ digest }) => digest),
      [two.digest, about.digest],
    );
    await assert.rejects(
      copyImages({ source, target: target(), roots, platforms: [parsePlatform('linux/s390x')] }),
      (error) =>
        hasCode(error, 'images.noPlatform') && error.details.platforms === 'linux/amd64, linux/arm64',
    );
    await copyImages({ source, target: target(), roots });
    assert.ok(await held(two));
  });

  test('gives the only chosen platform the tag where the target refuses an incomplete index', async () => {
    const [one, two] = [fake.addImage(['one']), fake.addImage(['two'])];
    const root = fake.addIndex(
      [
        { ...one, platform: amd64 },
        { ...two, platform: arm64 },
      ],
      'v1',
    );
    const other = await startFakeRegistry();
    other.intercept = (request, response) => {
      if (request.method !== 'PUT' || !request.headers['content-type']?.includes('index')) return false;
      request.resume();
      response.writeHead(404).end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN' }] }));
      return true;
    };
    const to = registry().target({ host: other.host, repository: 'x/y' });
    const roots = [{ reference: 'v1', tag: 'v1' }];
    try {
      const result = await copyImages({ source, target: to, roots, platforms: [amd64] });
      assert.deepEqual([...other.tags], [['v1', one.digest]]);
      assert.equal(result.refusedIndexes[0]?.descriptor.digest, root.digest);
      assert.equal(result.refusedIndexes[0]?.tag, 'v1');
      await assert.rejects(copyImages({ source, target: to, roots }), (error) =>
        hasCode(error, 'images.partsMissing'),
      );
    } finally {
      await other.close();
    }
  });

  test('takes referrers of any depth and cosign tags along, into a registry too', async () => {
    const image = fake.addImage(['layer'], 'v1');
    const config = fake.addBlob('{}');
    const sbom = fake.addManifest({ config, layers: [fake.addBlob('sbom')], subject: image });
    const signature = fake.addManifest({ config, layers: [], subject: sbom });
    const cosign = `${image.digest.replace(':', '-')}.sig`;
    const tagged = fake.addManifest({ config, layers: [fake.addBlob('cosign')] }, cosign);
    const fallback = (subject: Descriptor) => subject.digest.replace(':', '-');
    fake.addIndex([sbom], fallback(image));
    fake.addIndex([signature], fallback(sbom));
    const roots = [{ reference: 'v1', tag: 'v1' }];
    const result = await copyImages({ source, target: target(), roots, withReferrers: true });
    for (const each of [image, sbom, signature, tagged]) assert.ok(await held(each));
    assert.deepEqual(tags.get(cosign), tagged);

    const other = await startFakeRegistry();
    try {
      const from = createStoreSource({
        store,
        name: 'the store',
        tags,
        referrers: (subject) =>
          result.attachments.flatMap((it) =>
            it.subject.digest === subject && it.tag === undefined ? [it.descriptor] : [],
          ),
      });
      const to = registry().target({ host: other.host, repository: 'x/y' });
      await copyImages({ source: from, target: to, roots, withReferrers: true });
      assert.deepEqual([...other.tags.keys()].sort(), [fallback(image), fallback(sbom), cosign, 'v1'].sort());
      other.requests.length = 0;
      await copyImages({ source: from, target: to, roots });
      assert.ok(other.requests.every((request) => request.startsWith('HEAD')));
      assert.equal(other.requests.length, 2);
    } finally {
      await other.close();
    }
  });

  test('ends clearly where a part is deleted during the copy, and goes on from what it had', async () => {
    const gone = fake.addBlob('gone');
    fake.addImage(['stays', 'gone'], 'v1');
    fake.blobs.delete(gone.digest);
    const roots = [{ reference: 'v1' }];
    await assert.rejects(
      copyImages({ source, target: target(), roots, concurrency: 1 }),
      (error) => hasCode(error, 'images.partGone') && error.details.digest === gone.digest,
    );
    fake.addBlob('gone');
    fake.requests.length = 0;
    await copyImages({ source, target: target(), roots });
    assert.deepEqual(
      fake.requests.filter((request) => request.includes('/blobs/')),
      [`GET /v2/a/b/blobs/${gone.digest}`],
    );
  });

  test('puts a manifest again that the target says lacks a part, and gives up where it stays so', async () => {
    const { digest } = fake.addImage(['layer'], 'v1');
    const roots = [{ reference: 'v1', tag: 'v1' }];
    const moody = target();
    const put = moody.putManifest.bind(moody);
    let left = 2;
    const missing = () => imagesErrors.partsMissing({ place: 'moody', digest, detail: 'BLOB_UNKNOWN' });
    moody.putManifest = async (...args) => {
      if (left-- > 0) throw missing();
      return put(...args);
    };
    await copyImages({ source, target: moody, roots });
    assert.equal(tags.get('v1')?.digest, digest);
    store = new MemoryBlobStore();
    const stubborn = target();
    stubborn.putManifest = () => Promise.reject(missing());
    await assert.rejects(copyImages({ source, target: stubborn, roots }), { code: 'images.partsMissing' });
  });

  test('says which side failed, and keeps the kind of the failure', async () => {
    fake.addImage(['layer'], 'v1');
    const roots = [{ reference: 'v1' }];
    const full = target();
    full.putBlob = () => Promise.reject(new Error('no room'));
    await assert.rejects(
      copyImages({ source, target: full, roots }),
      (error) =>
        hasCode(error, 'images.targetFailed') &&
        error.details.name === 'the store' &&
        /no room/.test(error.message),
    );
    fake.intercept = (_, response) => !!response.writeHead(403).end();
    await assert.rejects(
      copyImages({ source, target: target(), roots }),
      (error) =>
        hasCode(error, 'images.sourceFailed') && error.kind === 'denied' && /pull secret/.test(error.message),
    );
  });

  test('blames the source for bytes that are not what its manifest says', async () => {
    const layer = fake.addBlob('layer');
    fake.addImage(['layer'], 'v1');
    fake.blobs.set(layer.digest, Buffer.from('wrong'));
    await assert.rejects(
      copyImages({ source, target: target(), roots: [{ reference: 'v1' }] }),
      (error) => hasCode(error, 'images.wrongBytes') && error.details.place === source.name,
    );
    assert.equal(await held(layer), false);
  });

  test('tells progress in bytes up to the total, and stops when it is told to', async () => {
    fake.addImage(['a'.repeat(10_000), 'b'.repeat(20_000)], 'v1');
    const seen: Progress[] = [];
    const roots = [{ reference: 'v1' }];
    const result = await copyImages({ source, target: target(), roots, onProgress: (it) => seen.push(it) });
    const last = seen.at(-1);
    assert.deepEqual([last?.stage, last?.done, last?.total], ['copying', result.sizeBytes, result.sizeBytes]);
    assert.ok(seen.some(({ stage }) => stage === 'listing'));

    store = new MemoryBlobStore();
    const stop = new AbortController();
    const reason = new Error('stopped');
    fake.intercept = (request) => {
      if (request.url?.includes('/blobs/')) stop.abort(reason);
      return false;
    };
    await assert.rejects(
      copyImages({ source, target: target(), roots, signal: stop.signal }),
      (error) => error === reason,
    );
  });
});
