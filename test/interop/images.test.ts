import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  copyImages,
  createRegistry,
  createStoreSource,
  createStoreTarget,
  dockerListMediaType,
  dockerManifestMediaType,
  indexMediaType,
  manifestMediaType,
  parseCredentials,
} from '../../src/images/index.ts';
import { createPlainTransport } from '../../src/images/testing/plain-transport.ts';
import { type Descriptor, digestOf, hasCode } from '../../src/kernel/index.ts';
import { type BlobStore, MemoryBlobStore, verifyBlobs } from '../../src/store/index.ts';
import { hasDockerRegistry, startDockerRegistry } from './support/docker-registry.ts';
import { hasOpenssl, makePrivateCa } from './support/private-ca.ts';

const hasSkopeo = spawnSync('skopeo', ['--version']).error === undefined;
const missing = [
  ...(hasDockerRegistry ? [] : ['docker-registry']),
  ...(hasSkopeo ? [] : ['skopeo']),
  ...(hasOpenssl ? [] : ['openssl']),
];
/** `me` with the password `word`. */
const htpasswd = 'me:$2y$04$1.nnMV2J28GeH5DEX74EYeicW6d8.qmMMg1AWqzNJzls4d9ku2g96\n';
const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64', variant: 'v8' };

/** Puts images into a store, byte for byte as a registry would hold them. */
function maker(store: BlobStore) {
  const put = async (content: Uint8Array | string, mediaType: string): Promise<Descriptor> => {
    const bytes = Buffer.from(content);
    await store.put(bytes);
    return { mediaType, digest: digestOf(bytes), size: bytes.length };
  };
  const image = async (platform: object, family: 'oci' | 'docker', layers: readonly Uint8Array[]) => {
    const config = JSON.stringify({
      ...platform,
      rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
    });
    const isOci = family === 'oci';
    const mediaType = isOci ? manifestMediaType : dockerManifestMediaType;
    const [configType, layerType] = isOci
      ? ['application/vnd.oci.image.config.v1+json', 'application/vnd.oci.image.layer.v1.tar']
      : ['application/vnd.docker.container.image.v1+json', 'application/vnd.docker.image.rootfs.diff.tar'];
    const parts = { config: await put(config, configType), layers: [] as Descriptor[] };
    for (const layer of layers) parts.layers.push(await put(layer, layerType));
    const manifest = await put(JSON.stringify({ schemaVersion: 2, mediaType, ...parts }), mediaType);
    return { ...manifest, platform };
  };
  const index = (manifests: readonly object[], mediaType = indexMediaType) =>
    put(JSON.stringify({ schemaVersion: 2, mediaType, manifests }, null, 3), mediaType);
  return { image, index };
}

describe('images against docker-registry and skopeo', { skip: missing.join(', ') || false }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-interop-images-'));
  const store = new MemoryBlobStore();
  const tags = new Map<string, Descriptor>();
  let registry: Awaited<ReturnType<typeof startDockerRegistry>>;
  let authority: ReturnType<typeof makePrivateCa>;
  let transport: ReturnType<typeof createPlainTransport>;
  let host: string;
  const login = (password: string) =>
    parseCredentials(
      JSON.stringify({ auths: { [host]: { auth: Buffer.from(`me:${password}`).toString('base64') } } }),
      'test',
    );
  const client = (options: object = {}) =>
    createRegistry({ transport, credentials: login('word'), pauseMs: 50, attempts: 8, ...options });
  const skopeo = (...args: string[]) => execFileSync('skopeo', args, { encoding: 'utf8' });
  const asWitness = (side: 'src' | 'dest') => [
    `--${side}-creds=me:word`,
    `--${side}-cert-dir=${authority.trusted}`,
  ];
  const inspectRaw = (image: string) =>
    skopeo('inspect', '--raw', '--creds=me:word', `--cert-dir=${authority.trusted}`, image);
  const fromStore = () => createStoreSource({ store, name: 'the store', tags });

  before(async () => {
    authority = makePrivateCa(join(folder, 'ca'));
    writeFileSync(join(folder, 'htpasswd'), htpasswd);
    registry = await startDockerRegistry({
      tls: authority,
      extra: `auth: {htpasswd: {realm: "a, b", path: ${join(folder, 'htpasswd')}}}\n`,
    });
    host = `127.0.0.1:${registry.port}`;
    transport = createPlainTransport({ ca: authority.ca });
    const { image, index } = maker(store);
    const shared = randomBytes(100_000);
    const one = await image(amd64, 'oci', [shared, randomBytes(9_000_000)]);
    const two = await image(arm64, 'oci', [shared, randomBytes(1000)]);
    const old = await image(amd64, 'docker', [shared, randomBytes(2000)]);
    tags.set('both', await index([one, two]));
    tags.set('nested', await index([await index([two]), one]));
    tags.set('list', await index([old], dockerListMediaType));
    tags.set('single', old);
  });
  after(async () => {
    transport?.close();
    await registry?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('what is pushed is pulled by skopeo with every digest equal', async () => {
    const target = client().target({ host, repository: 'pushed/here' });
    const roots = [...tags.keys()].map((tag) => ({ reference: tag, tag }));
    const { copiedBytes, sizeBytes } = await copyImages({ source: fromStore(), target, roots });
    assert.equal(copiedBytes, sizeBytes);
    for (const [tag, { digest }] of tags) {
      const to = join(folder, `pulled-${tag}`);
      const from = `docker://${host}/pushed/here:${tag}`;
      // skopeo copies no index within an index.
      if (tag !== 'nested') skopeo('copy', '--all', '-q', ...asWitness('src'), from, `dir:${to}`);
      assert.equal(digestOf(inspectRaw(from)), digest, tag);
    }
    transport.sent.length = 0;
    const again = await copyImages({ source: fromStore(), target, roots });
    assert.equal(again.copiedBytes, 0);
    assert.ok(transport.sent.every((request) => request.startsWith('HEAD')));
  });

  test('what skopeo pushes is mirrored with every digest equal, and a second time for a request each', async () => {
    const from = join(folder, 'pulled-both');
    for (const tag of ['a', 'b'])
      skopeo('copy', '--all', '-q', ...asWitness('dest'), `dir:${from}`, `docker://${host}/by/skopeo:${tag}`);
    const mirrored = new MemoryBlobStore();
    const source = client().source({ host, repository: 'by/skopeo' });
    const target = createStoreTarget({ store: mirrored, name: 'mirror' });
    const roots = [{ reference: 'a' }, { reference: 'b' }];
    const result = await copyImages({ source, target, roots });
    assert.equal(result.roots[0]?.descriptor.digest, tags.get('both')?.digest);
    assert.deepEqual(await Array.fromAsync(verifyBlobs(mirrored)), []);
    assert.deepEqual(await source.tags(), ['a', 'b']);
    transport.sent.length = 0;
    await copyImages({ source, target, roots });
    assert.deepEqual(transport.sent, ['HEAD /v2/by/skopeo/manifests/a', 'HEAD /v2/by/skopeo/manifests/b']);
  });

  test('blobs of one registry are mounted, not sent', async () => {
    const registryClient = client();
    const source = registryClient.source({ host, repository: 'pushed/here' });
    const target = registryClient.target({ host, repository: 'mounted/there' });
    transport.sent.length = 0;
    await copyImages({ source, target, roots: [{ reference: 'both', tag: 'x' }] });
    assert.deepEqual(
      transport.sent.filter(
        (request) => /^PUT .*\/uploads\//.test(request) || /^GET .*\/blobs\//.test(request),
      ),
      [],
    );
    inspectRaw(`docker://${host}/mounted/there:x`);
  });

  test('one platform of an index takes its tag where the registry refuses the index without the others', async () => {
    const target = client().target({ host, repository: 'one/platform' });
    const options = { source: fromStore(), target, roots: [{ reference: 'both', tag: 'x' }] };
    const result = await copyImages({ ...options, platforms: [arm64] });
    assert.equal(result.leftOut.length, 1);
    assert.equal(result.refusedIndexes[0]?.tag, 'x');
    const raw = inspectRaw(`docker://${host}/one/platform:x`);
    assert.equal(digestOf(raw), result.refusedIndexes[0]?.chosen[0]?.digest);
  });

  test('referrers go along, though the registry does not know of them', async () => {
    const { image } = maker(store);
    const subject = tags.get('single')!;
    const artifact = await image({ of: 'artifact' }, 'oci', [randomBytes(10)]);
    const manifest = JSON.parse(Buffer.from(await store.bytes(artifact.digest)).toString());
    const bytes = Buffer.from(JSON.stringify({ ...manifest, subject }));
    await store.put(bytes);
    const referrer = { mediaType: manifestMediaType, digest: digestOf(bytes), size: bytes.length };
    const source = createStoreSource({
      store,
      name: 'the store',
      tags,
      referrers: (digest) => (digest === subject.digest ? [referrer] : []),
    });
    const repository = { host, repository: 'with/referrers' };
    const roots = [{ reference: 'single', tag: 'x' }];
    await copyImages({ source, target: client().target(repository), roots, withReferrers: true });
    const back = await copyImages({
      source: client().source(repository),
      target: createStoreTarget({ store: new MemoryBlobStore(), name: 'back' }),
      roots: [{ reference: 'x' }],
      withReferrers: true,
    });
    assert.deepEqual(
      back.attachments.map(({ descriptor }) => descriptor.digest),
      [referrer.digest],
    );
  });

  test('a registry that dies inside a blob and comes back costs the rest of the blob', async () => {
    const large = randomBytes(32 * 1024 * 1024);
    const { image } = maker(store);
    tags.set('large', await image(amd64, 'oci', [large]));
    const target = client().target({ host, repository: 'large' });
    await copyImages({ source: fromStore(), target, roots: [{ reference: 'large', tag: 'x' }] });
    const mirrored = new MemoryBlobStore();
    let death: Promise<void> | undefined;
    transport.sent.length = 0;
    await copyImages({
      source: client().source({ host, repository: 'large' }),
      target: createStoreTarget({
        store: mirrored,
        name: 'mirror',
        partialFromBytes: Number.POSITIVE_INFINITY,
      }),
      roots: [{ reference: 'x' }],
      // Each piece of progress, not five in a second.
      clock: { now: () => performance.now() * 1000 },
      onProgress: ({ stage, done }) => {
        if (stage === 'copying' && done > 8_000_000) death ??= registry.kill().then(registry.start);
      },
    });
    await death;
    assert.ok(death);
    assert.deepEqual(Buffer.from(await mirrored.bytes(digestOf(large), large.length)), large);
    assert.ok(transport.sent.filter((request) => request.endsWith(digestOf(large))).length >= 2);
  });

  test('a wrong password, an unknown authority and a registry without TLS are told apart', async () => {
    const resolve = (it: ReturnType<typeof client>, at = host) =>
      it.source({ host: at, repository: 'by/skopeo' }).resolve('a');
    await assert.rejects(resolve(client({ credentials: login('wrong') })), (error) =>
      hasCode(error, 'images.denied'),
    );
    await assert.rejects(
      resolve(client({ transport: createPlainTransport() })),
      (error) => hasCode(error, 'images.untrusted') && /--ca/.test(error.hint ?? ''),
    );
    const plain = await startDockerRegistry();
    try {
      const plainHost = `127.0.0.1:${plain.port}`;
      await assert.rejects(
        resolve(client(), plainHost),
        (error) => hasCode(error, 'images.plainOnly') && /--plain-http/.test(error.hint ?? ''),
      );
      await assert.rejects(resolve(client({ plainHttp: true }), plainHost), (error) =>
        hasCode(error, 'images.notFound'),
      );
    } finally {
      await plain.close();
    }
  });
});
