import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { CDXIndexer, WARCParser } from 'warcio';
import { digestOf } from '../../../kernel/index.ts';
import { MemoryBlobStore } from '../../../store/index.ts';
import type { TimedExchange } from '../format.ts';
import { createSnapshotReaders } from '../readers.ts';
import { answered, storePage } from '../testing/stored-page.ts';
import type { LayerInput } from '../write-snapshot.ts';

const origin = 'https://www.example.org';
const icon = Buffer.from('icon bytes');
const layers: LayerInput[] = [
  { role: 'page-text', mediaType: 'text/plain', bytes: Buffer.from('页面上的字') },
  { role: 'screenshot', mediaType: 'image/png', bytes: Buffer.from('png') },
  { role: 'icon', mediaType: 'image/x-icon', bytes: icon },
];

async function stored(change: { exchanges?: TimedExchange[]; layers?: LayerInput[] } = {}) {
  const store = new MemoryBlobStore();
  const post = { method: 'POST', type: 'xhr' };
  const type = (value: string): [string, string][] => [['Content-Type', value]];
  const exchanges = change.exchanges ?? [
    await answered(store, `${origin}/guide`, 'text/html; charset=gbk', Buffer.from('<p>\xc4\xe3', 'latin1'), {
      atMs: 0,
      responseHeaders: [
        ['content-type', 'text/html; charset=gbk'],
        ['transfer-encoding', 'chunked'],
        ['set-cookie', 'a=1\nb=2'],
        ['x-note', 'one\r\nX-Injected: 1'],
        ['bad name', 'x'],
        [':status', '200'],
      ],
    }),
    await answered(store, `${origin}/favicon.ico`, 'image/x-icon', icon, { atMs: 1 }),
    await answered(store, `${origin}/old?b=2&A=1`, 'text/html', '', { status: 301, body: null, atMs: 2 }),
    await answered(store, `${origin}/form`, 'text/html', 'f', {
      ...post,
      atMs: 3,
      requestHeaders: type('application/x-www-form-urlencoded'),
      requestBody: 'q=%E7%A6%BB&p=1',
    }),
    await answered(store, `${origin}/api?v=1`, 'application/json', '{}', {
      ...post,
      atMs: 4,
      requestHeaders: type('application/json'),
      requestBody: '{"a":{"b":[1,true,"x"]},"n":null,"b":"two","e":""}',
    }),
    await answered(store, `${origin}/api`, 'application/json', '[]', {
      ...post,
      atMs: 5,
      requestHeaders: type('text/plain'),
      requestBody: 'plain words',
    }),
    await answered(store, `${origin}/upload`, 'text/plain', 'ok', {
      ...post,
      atMs: 6,
      requestHeaders: type('multipart/form-data; boundary=----B'),
      requestBody: '------B\r\nContent-Disposition: form-data; name="field"\r\n\r\nvalue\r\n------B--\r\n',
    }),
    await answered(store, `${origin}:8443/large`, 'video/mp4', '', { body: null, atMs: 7 }),
    await answered(store, `${origin}/hung`, 'text/plain', '', {
      status: 0,
      body: null,
      error: 'net::ERR_ABORTED',
      atMs: 8,
    }),
  ];
  const digest = await storePage(store, { layers: change.layers ?? layers, exchanges });
  const rendition = await (await createSnapshotReaders({ store }).open(digest)).as('wacz');
  return { digest, bytes: await buffer(rendition.body) };
}

/** The files of an archive whose files are stored as they are, by the central directory. */
function unpack(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const size = bytes.readUInt32LE(at + 24);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('latin1', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    files.set(name, bytes.subarray(start, start + size));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30);
  }
  return files;
}

test('the archive has the files of WACZ 1.1.1, each with the hash and size that datapackage.json says', async () => {
  const files = unpack((await stored()).bytes);
  assert.deepEqual(
    [...files.keys()],
    [
      'archive/data.warc.gz',
      'indexes/index.cdx',
      'pages/pages.jsonl',
      'datapackage.json',
      'datapackage-digest.json',
    ],
  );
  const datapackage = JSON.parse(files.get('datapackage.json')!.toString());
  assert.equal(datapackage.profile, 'data-package');
  assert.equal(datapackage.wacz_version, '1.1.1');
  assert.equal(datapackage.mainPageUrl, `${origin}/guide`);
  assert.equal(datapackage.resources.length, 3);
  const hash = (bytes: Uint8Array) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  for (const { path, hash: promised, bytes } of datapackage.resources) {
    assert.equal(hash(files.get(path)!), promised, path);
    assert.equal(files.get(path)!.length, bytes, path);
  }
  const digest = JSON.parse(files.get('datapackage-digest.json')!.toString());
  assert.deepEqual(digest, { path: 'datapackage.json', hash: hash(files.get('datapackage.json')!) });
});

test('pages.jsonl tells title, time, text and icon of the page', async () => {
  const files = unpack((await stored()).bytes);
  const [header, page] = files
    .get('pages/pages.jsonl')!
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(header, { format: 'json-pages-1.0', id: 'pages', title: 'All Pages', hasText: true });
  const { id, ...rest } = page;
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(rest, {
    url: `${origin}/guide`,
    ts: '2026-03-04T05:06:07.890Z',
    title: '离线安装指南',
    seed: true,
    status: 200,
    favIconUrl: `${origin}/favicon.ico`,
    text: '页面上的字',
  });
});

test('warcio reads every record, and the bodies are what the browser decoded', async () => {
  const files = unpack((await stored()).bytes);
  const records: {
    type: string;
    url: string;
    payload: string;
    headers: { get(name: string): string | null | undefined };
    http: string[];
  }[] = [];
  for await (const record of new WARCParser([files.get('archive/data.warc.gz')!])) {
    const payload = Buffer.from(await record.readFully(true)).toString('latin1');
    records.push({
      type: record.warcType ?? '',
      url: record.warcTargetURI ?? '',
      payload,
      headers: record.warcHeaders.headers,
      http: record.httpHeaders
        ? [record.httpHeaders.statusline, ...record.httpHeaders.headers].map(String)
        : [],
    });
  }
  const ofType = (type: string) => records.filter((record) => record.type === type);
  assert.equal(ofType('warcinfo').length, 1);
  assert.equal(ofType('response').length, 8);
  assert.equal(ofType('request').length, 8);
  assert.deepEqual(
    ofType('resource').map(({ url }) => url),
    [`urn:text:${origin}/guide`, `urn:fullPage:${origin}/guide`],
  );
  const first = ofType('response')[0]!;
  assert.equal(first.payload, '<p>\xc4\xe3');
  assert.equal(first.headers.get('WARC-Payload-Digest'), digestOf(Buffer.from('<p>\xc4\xe3', 'latin1')));
  assert.deepEqual(first.http, [
    'HTTP/1.1 200 OK',
    'content-length,5',
    'content-type,text/html; charset=gbk',
    'set-cookie,a=1',
    'set-cookie,b=2',
    'x-note,one, X-Injected: 1',
  ]);
  assert.equal(ofType('request')[0]!.headers.get('WARC-Concurrent-To'), first.headers.get('WARC-Record-ID'));
  assert.equal(ofType('request')[3]!.payload, 'q=%E7%A6%BB&p=1');
  const large = ofType('response').find(({ url }) => url.endsWith('/large'))!;
  assert.equal(large.headers.get('WARC-Truncated'), 'length');
});

test('the index is what warcio makes of the same archive', async () => {
  const files = unpack((await stored()).bytes);
  const indexer = new CDXIndexer({ format: 'cdxj' });
  const lines: string[] = [];
  const reader = [files.get('archive/data.warc.gz')!] as never;
  for await (const result of indexer.iterIndex([{ filename: 'data.warc.gz', reader }])) {
    const { digest, ...rest } = result;
    lines.push(indexer.serializeCDXJ({ ...rest, digest: `sha256:${digest}` }).trim());
  }
  const parsed = (line: string) => {
    const [key, timestamp, ...json] = line.split(' ');
    const { status, ...rest } = JSON.parse(json.join(' '));
    return { key, timestamp, ...rest, ...(status ? { status } : {}) };
  };
  const ours = files.get('indexes/index.cdx')!.toString().trim().split('\n');
  assert.deepEqual(ours.map(parsed), lines.sort().map(parsed));
  assert.deepEqual(ours, ours.toSorted());
});

test('the same snapshot gives the same bytes', async () => {
  const [one, other] = [await stored(), await stored()];
  assert.equal(one.digest, other.digest);
  assert.ok(one.bytes.equals(other.bytes));
});

test('a page without text and pictures is an archive as well', async () => {
  const store = new MemoryBlobStore();
  const exchanges = [await answered(store, 'https://other.example/', 'text/html', 'x')];
  const digest = await storePage(store, { exchanges });
  const files = unpack(
    await buffer((await (await createSnapshotReaders({ store }).open(digest)).as('wacz')).body),
  );
  const page = JSON.parse(files.get('pages/pages.jsonl')!.toString().split('\n')[1]!);
  assert.equal(page.text, undefined);
});
