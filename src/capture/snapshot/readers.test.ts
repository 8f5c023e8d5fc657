import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import jpeg from 'jpeg-js';
import { encodeManifest, type ImageManifest, parseManifest } from '../../images/index.ts';
import { type Digest, digestOf, hasCode } from '../../kernel/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { roleAnnotation } from './format.ts';
import { attachPdf, createMemoryReferrers } from './pdf.ts';
import { createSnapshotReaders } from './readers.ts';
import { answered, pageConfig, storePage } from './testing/stored-page.ts';
import type { LayerInput } from './write-snapshot.ts';

const picture = jpeg.encode({ width: 8, height: 8, data: Buffer.alloc(8 * 8 * 4, 200) }, 80).data;
const page: LayerInput[] = [
  { role: 'html', mediaType: 'text/html', bytes: Buffer.from('<!DOCTYPE html><p>hello') },
  { role: 'screenshot', mediaType: 'image/jpeg', bytes: picture },
  { role: 'text', mediaType: 'text/plain', bytes: Buffer.from('你好') },
];

async function stored(layers: readonly LayerInput[] = page) {
  const store = new MemoryBlobStore();
  const exchanges = [
    await answered(store, 'https://www.example.org/small.png', 'image/png', 'small', { atMs: 3 }),
    await answered(store, 'https://www.example.org/large.png', 'image/png', 'larger one', { atMs: 2 }),
    await answered(store, 'https://www.example.org/large.png', 'image/png', 'larger one', { atMs: 9 }),
    await answered(store, 'https://www.example.org/moved', 'text/html', '', {
      atMs: 1,
      status: 302,
      body: null,
    }),
  ];
  const digest = await storePage(store, { layers, exchanges });
  return { store, digest, reader: await createSnapshotReaders({ store }).open(digest) };
}

test('a snapshot is read as it was written', async () => {
  const { reader, digest } = await stored();
  assert.equal(reader.digest, digest);
  const { version, exchangeTimesMs, exchangeVolatile, ...config } = reader.config;
  assert.deepEqual(config, pageConfig);
  assert.deepEqual([version, exchangeTimesMs.length, exchangeVolatile.length], [1, 4, 4]);
  assert.deepEqual(reader.missing(), pageConfig.missing);
  const text = await reader.part('text');
  assert.equal((await buffer(text!.body)).toString(), '你好');
  assert.equal(await reader.part('article'), undefined);
  assert.deepEqual(
    (await reader.exchanges()).map(({ url }) => new URL(url).pathname),
    ['/moved', '/large.png', '/small.png', '/large.png'],
  );
});

test('resources() names each answer with content once, largest first', async () => {
  const { reader } = await stored();
  const listed = (await reader.resources()).map(({ url, sizeBytes, mediaType }) => [
    new URL(url).pathname,
    sizeBytes,
    mediaType,
  ]);
  assert.deepEqual(listed, [
    ['/large.png', 10, 'image/png'],
    ['/small.png', 5, 'image/png'],
  ]);
});

test('resource() serves the blobs of this snapshot, and neither another one nor the record of requests', async () => {
  const { reader, store } = await stored();
  const foreign = await store.put(Buffer.from('of another snapshot'));
  assert.equal(await reader.resource(foreign.digest), undefined);
  const exchanges = reader.layers.find(({ role }) => role === 'exchanges')!;
  assert.equal(await reader.resource(exchanges.descriptor.digest), undefined);
  const small = await reader.resource(digestOf('small'));
  assert.deepEqual([small!.mediaType, small!.sizeBytes], ['image/png', 5]);
});

test('every form has its media type and a file name after the title', async () => {
  const { reader } = await stored();
  const named = async (format: Parameters<typeof reader.as>[0]) => {
    const { mediaType, fileName, sizeBytes, body } = await reader.as(format);
    const bytes = await buffer(body);
    if (sizeBytes !== undefined) assert.equal(bytes.length, sizeBytes);
    return [mediaType, fileName];
  };
  assert.deepEqual(await named('html'), ['text/html; charset=utf-8', '离线安装指南.html']);
  assert.deepEqual(await named('png'), ['image/png', '离线安装指南.png']);
  assert.deepEqual(await named('text'), ['text/plain; charset=utf-8', '离线安装指南.txt']);
  assert.deepEqual(await named('wacz'), ['application/wacz', '离线安装指南.wacz']);
});

test('a form that the snapshot lacks is refused with the ones that it has', async () => {
  const { reader } = await stored();
  for (const format of ['pdf', 'md', 'file'] as const)
    await assert.rejects(
      reader.as(format),
      (error) => hasCode(error, 'capture.noFormat') && error.hint === 'It has: html, png, text, wacz',
    );
});

test('a PDF that was attached later is found by its snapshot, and one of another snapshot is refused', async () => {
  const { store, digest } = await stored();
  const { findReferrer, recordReferrer } = createMemoryReferrers();
  const reader = await createSnapshotReaders({ store, findReferrer }).open(digest);
  const artifact = await attachPdf({ store, recordReferrer }, digest, Buffer.from('%PDF-1.7'));
  const subject = parseManifest(await store.bytes(artifact)).subject!;
  assert.deepEqual(subject.size, (await store.bytes(digest)).length);
  const pdf = await reader.as('pdf');
  assert.deepEqual([pdf.mediaType, pdf.fileName], ['application/pdf', '离线安装指南.pdf']);
  assert.equal((await buffer(pdf.body)).toString(), '%PDF-1.7');

  const other = await storePage(store, { layers: [page[0]!] });
  const misled = createSnapshotReaders({ store, findReferrer: async () => artifact });
  await assert.rejects((await misled.open(other)).as('pdf'), (error) =>
    hasCode(error, 'capture.badSnapshot'),
  );
});

test('a manifest or config that is not a snapshot is refused with what is wrong', async () => {
  const { store, digest } = await stored();
  const manifest = parseManifest(await store.bytes(digest));
  const readers = createSnapshotReaders({ store });
  const config = JSON.parse(Buffer.from(await store.bytes(manifest.config.digest)).toString());
  const withConfig = async (text: string): Promise<ImageManifest> => {
    const info = await store.put(Buffer.from(text));
    return { ...manifest, config: { ...manifest.config, digest: info.digest, size: info.sizeBytes } };
  };
  const layer = manifest.layers[0]!;
  const role = (name: unknown) => ({ ...layer, annotations: { [roleAnnotation]: name as string } });
  const cases: [ImageManifest, RegExp][] = [
    [{ ...manifest, artifactType: 'application/x-other' }, /artifactType is "application\/x-other"/],
    [{ ...manifest, layers: [role('virus')] }, /layers\[0\] has the unknown role "virus"/],
    [{ ...manifest, layers: [role('html'), role('html')] }, /layers\[1\] is a second "html"/],
    [{ ...manifest, layers: [role({})] }, /unknown role/],
    [{ ...manifest, config: layer }, /its config is "/],
    [await withConfig('{'), /not JSON/],
    [await withConfig('{}'), /version/],
    [await withConfig(JSON.stringify({ ...config, missing: [{ url: 1 }] })), /missing\[0\]\.url/],
    [await withConfig(JSON.stringify({ ...config, verdict: 'excellent' })), /verdict/],
  ];
  for (const [bad, fault] of cases) {
    const { digest: badDigest } = await store.put(encodeManifest(bad));
    await assert.rejects(
      readers.open(badDigest),
      (error) => hasCode(error, 'capture.badSnapshot') && fault.test(error.message),
      String(fault),
    );
  }
});

test('a WACZ never takes in a blob that the snapshot only claims to hold', async () => {
  const { store } = await stored();
  const secret = await store.put(Buffer.from('of another snapshot'));
  const exchange = await answered(store, 'https://www.example.org/', 'text/html', 'x', {
    body: { digest: secret.digest as Digest, size: secret.sizeBytes },
  });
  const digest = await storePage(store, { exchanges: [exchange] });
  const manifest = parseManifest(await store.bytes(digest));
  const stripped = { ...manifest, layers: manifest.layers.filter((layer) => layer.digest !== secret.digest) };
  const reader = await createSnapshotReaders({ store }).open(
    (await store.put(encodeManifest(stripped))).digest,
  );
  await assert.rejects(reader.as('wacz'), (error) => hasCode(error, 'capture.badSnapshot'));
});
