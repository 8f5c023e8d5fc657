import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { tarEnd, tarEntry, tarHeader } from '../../images/index.ts';
import { type Descriptor, digestOf, hasCode } from '../../kernel/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { type LayerFiles, tarOf } from '../image/testing/memory-source.ts';
import { PayloadFault } from './payload-fault.ts';
import { readPayload } from './read-payload.ts';

const gzipType = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

async function payloadOf(...tars: (LayerFiles | Uint8Array)[]): Promise<Record<string, string>> {
  const store = new MemoryBlobStore();
  const layers: Descriptor[] = [];
  for (const tar of tars) {
    const bytes = gzipSync(tar instanceof Uint8Array ? tar : await tarOf(tar));
    const { digest } = await store.put(bytes);
    layers.push({ mediaType: gzipType, digest, size: bytes.length });
  }
  const payload = await readPayload(store, layers);
  return Object.fromEntries([...payload].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
}

const isFault = (pattern: RegExp) => (error: unknown) =>
  error instanceof PayloadFault && pattern.test(error.message);

test('the payload is what lies under release-manifests/, and a later layer wins', async () => {
  const payload = await payloadOf(
    { 'etc/os-release': 'x', 'release-manifests/a': 'old', 'release-manifests/b': 'kept' },
    {
      'release-manifests/a': 'new',
      'release-manifests/deep/c': 'not of it',
      'other/release-manifests/d': 'no',
    },
  );
  assert.deepEqual(payload, { a: 'new', b: 'kept' });
});

test('whiteouts take away what layers below have, and nothing of their own layer', async () => {
  const below = { 'release-manifests/a': 'a', 'release-manifests/b': 'b' };
  assert.deepEqual(await payloadOf(below, { 'release-manifests/.wh.a': '' }), { b: 'b' });
  const opaque = { 'release-manifests/c': 'c', 'release-manifests/.wh..wh..opq': '' };
  assert.deepEqual(await payloadOf(below, opaque), { c: 'c' });
  assert.deepEqual(await payloadOf(below, { '.wh.release-manifests': '' }), {});
  const again = { 'release-manifests/a': 'again', 'release-manifests/.wh.a': '' };
  assert.deepEqual(await payloadOf(below, again), { a: 'again', b: 'b' });
});

test('a link in the place of a file hides it and is not followed', async () => {
  const link = (path: string, linkPath: string) =>
    Buffer.concat([tarHeader({ path, type: 'symlink', linkPath }), tarEnd]);
  const below = { 'release-manifests/a': 'a', 'etc/shadow': 'secret' };
  assert.deepEqual(await payloadOf(below, link('release-manifests/a', '../etc/shadow')), {});
  assert.deepEqual(await payloadOf(below, link('release-manifests', 'etc')), {});
});

test('layers come with gzip, with zstd, or as they are', async () => {
  const tar = await tarOf({ 'release-manifests/a': 'a' });
  for (const [mediaType, bytes] of [
    ['application/vnd.oci.image.layer.v1.tar', tar],
    ['application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(tar)],
    ['application/vnd.oci.image.layer.v1.tar+zstd', zstdCompressSync(tar)],
  ] as const) {
    const store = new MemoryBlobStore();
    const { digest } = await store.put(bytes);
    assert.deepEqual(
      [...(await readPayload(store, [{ mediaType, digest, size: bytes.length }])).keys()],
      ['a'],
    );
  }
});

test('files of more than 32 MiB are refused before they are read, also spread over layers', async () => {
  const half = Buffer.alloc(17 * 1024 * 1024);
  await assert.rejects(
    payloadOf({ 'release-manifests/image-references': half }, { 'release-manifests/image-references': half }),
    isFault(/larger than 33554432 bytes/),
  );
  // The header alone tells of 100 MB; none of them are there to be read.
  const head = tarHeader({ path: 'release-manifests/image-references', sizeBytes: 100_000_000 });
  await assert.rejects(payloadOf(head), isFault(/larger than 33554432 bytes/));
});

test('a layer that unpacks to more than is allowed is refused while it streams', async () => {
  const store = new MemoryBlobStore();
  const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
  const { digest } = await store.put(bomb);
  const layer = { mediaType: gzipType, digest, size: bomb.length };
  const zeros = Buffer.concat(
    await Array.fromAsync(tarEntry({ path: 'x', sizeBytes: 9e6 }, Buffer.alloc(9e6))),
  );
  const inside = gzipSync(zeros);
  const file = { mediaType: gzipType, digest: (await store.put(inside)).digest, size: inside.length };
  for (const one of [layer, file])
    await assert.rejects(
      readPayload(store, [one], { maxBytes: 1_000_000 }),
      isFault(/larger than 1000000 bytes/),
    );
});

test('broken layers, climbing names and types that are not unpacked are refused by name', async () => {
  const climbing = Buffer.from(tarHeader({ path: 'release-manifests/xx', sizeBytes: 0 }));
  climbing.write('release-manifests/../../x'.padEnd(30, '\0'), 0, 'latin1');
  const sum = climbing.fill(' ', 148, 156).reduce((total, byte) => total + byte, 0);
  climbing.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  await assert.rejects(payloadOf(Buffer.concat([climbing, tarEnd])), (error) =>
    hasCode(error, 'images.unsafeTarEntry'),
  );
  await assert.rejects(payloadOf(Buffer.from('no tar')), (error) => hasCode(error, 'images.truncatedTar'));
  const store = new MemoryBlobStore();
  const { digest } = await store.put(Buffer.from('no gzip'));
  await assert.rejects(
    readPayload(store, [{ mediaType: gzipType, digest, size: 7 }]),
    isFault(/cannot be unpacked/),
  );
  await assert.rejects(
    readPayload(store, [{ mediaType: 'application/x-other', digest, size: 7 }]),
    isFault(/has the type "application\/x-other"/),
  );
  const missing = { mediaType: gzipType, digest: digestOf('missing'), size: 7 };
  await assert.rejects(readPayload(store, [missing]), (error) => hasCode(error, 'store.notFound'));
});
