import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { digestOf } from '../../kernel/index.ts';
import { createHarness, type Harness } from '../testing/harness.ts';
import type { TestPart } from '../testing/stored-snapshot.ts';

const refer = (bytes: string) => digestOf(bytes).replace(':', '-');
const parts: TestPart[] = [
  { role: 'html', mediaType: 'text/html', bytes: '<!doctype html><p>你好' },
  { mediaType: 'font/woff2', bytes: 'font' },
  { mediaType: 'text/css; charset=gbk', bytes: 'a{}' },
  { mediaType: 'text/html', bytes: 'frame' },
  { mediaType: 'text/javascript', bytes: 'script' },
  { mediaType: 'application/xhtml+xml', bytes: 'xhtml' },
  { mediaType: 'image/svg+xml', bytes: '<svg/>' },
  { mediaType: 'video/mp4', bytes: '0123456789' },
  { mediaType: 'image/png\r\nX-Evil: 1', bytes: 'split' },
];

async function stage(config: Parameters<typeof createHarness>[0] = {}) {
  const harness = await createHarness(config);
  const { snapshot } = await harness.keep('https://example.org/', parts);
  return { harness, snapshot, path: await pathOf(harness, snapshot.id) };
}

async function pathOf(harness: Harness, id: string) {
  const view = (await (await harness.call(`/api/snapshots/${id}`)).json()) as { replayUrl: string };
  assert.match(view.replayUrl, /^http:\/\/127\.0\.0\.1:8421\/[0-9a-z]+\.[A-Za-z0-9_-]{43}\/[0-9a-z]+\/$/);
  return view.replayUrl.replace('http://127.0.0.1:8421', '');
}

test('the address from the API shows the document under a policy that allows its own folder alone', async () => {
  const { harness, path } = await stage();
  const response = await harness.callReplay(path);
  assert.deepEqual([response.status, await response.text()], [200, '<!doctype html><p>你好']);
  const get = (name: string) => response.headers.get(name);
  const folder = `http://127.0.0.1:8421${path}`;
  assert.equal(
    get('content-security-policy'),
    `sandbox; default-src 'none'; img-src ${folder} data: blob:; style-src ${folder} 'unsafe-inline' data:; ` +
      `font-src ${folder} data:; media-src ${folder} data: blob:; frame-src ${folder}; form-action 'none'; ` +
      `base-uri 'none'; frame-ancestors http://127.0.0.1:8420 http://localhost:8420`,
  );
  assert.equal(get('content-type'), 'text/html; charset=utf-8');
  assert.equal(get('memento-datetime'), 'Wed, 04 Mar 2026 05:06:07 GMT');
  assert.equal(get('cache-control'), 'private, max-age=31536000, immutable');
  assert.equal(get('x-content-type-options'), 'nosniff');
  assert.equal(get('referrer-policy'), 'no-referrer');
  assert.equal(get('x-dns-prefetch-control'), 'off');
  assert.equal(get('cross-origin-opener-policy'), null);
  assert.equal(get('access-control-allow-origin'), null);
});

test('resources come as what they are only where that is harmless, all under the same policy', async () => {
  const { harness, path } = await stage();
  const types: [string, string][] = [
    ['font', 'font/woff2'],
    ['a{}', 'text/css; charset=utf-8'],
    ['frame', 'text/html; charset=utf-8'],
    ['script', 'application/octet-stream'],
    ['xhtml', 'application/octet-stream'],
    ['<svg/>', 'image/svg+xml'],
    ['split', 'application/octet-stream'],
  ];
  for (const [bytes, type] of types) {
    const response = await harness.callReplay(path + refer(bytes));
    assert.deepEqual([response.status, response.headers.get('content-type')], [200, type], bytes);
    assert.match(
      response.headers.get('content-security-policy') ?? '',
      /^sandbox; default-src 'none'; img-src http/,
    );
    assert.equal(response.headers.get('x-evil'), null);
    assert.equal(response.headers.get('access-control-allow-origin'), bytes === 'frame' ? null : '*');
    assert.equal(await response.text(), bytes);
  }
});

test('video is sent in ranges', async () => {
  const { harness, path } = await stage();
  const ask = async (range: string) => {
    const response = await harness.callReplay(path + refer('0123456789'), { headers: { range } });
    return [response.status, response.headers.get('content-range'), await response.text()];
  };
  assert.deepEqual(await ask('bytes=2-4'), [206, 'bytes 2-4/10', '234']);
  assert.deepEqual(await ask('bytes=-2'), [206, 'bytes 8-9/10', '89']);
  assert.deepEqual(await ask('bytes=10-'), [416, 'bytes */10', '']);
  assert.deepEqual(await ask('bytes=0-1,4-5'), [200, null, '0123456789']);
});

test('an address holds for one snapshot and some hours, and nothing else answers', async () => {
  const { harness, snapshot, path } = await stage();
  const other = await harness.keep('https://example.org/other', [
    { role: 'html', mediaType: 'text/html', bytes: 'other' },
  ]);
  const token = path.split('/')[1]!;
  const [expiry, signature] = token.split('.') as [string, string];
  const later = (Number.parseInt(expiry, 36) + 1).toString(36);
  const bad = [
    '/',
    `/${token}`,
    `/${token}/`,
    `/${token}/${snapshot.id}`,
    `/${token}/${other.snapshot.id}/`,
    `/${later}.${signature}/${snapshot.id}/`,
    `/${expiry}.${signature.slice(1)}/${snapshot.id}/`,
    `/.${signature}/${snapshot.id}/`,
    `/x/${snapshot.id}/`,
    `${path}${refer('other')}`,
    `${path}sha256-${'0'.repeat(64)}`,
    `${path}${refer('font').toUpperCase()}`,
    `${path}${digestOf('font')}`,
    `${path}..%2f`,
    `${path}index.html`,
    '/api/links',
    '/metrics',
  ];
  for (const each of bad) {
    const response = await harness.callReplay(each);
    assert.equal(response.status, 404, each);
    assert.match(response.headers.get('content-security-policy') ?? '', /^sandbox; default-src 'none'/);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(response.headers.get('access-control-allow-origin'), null);
    assert.doesNotMatch(await response.text(), new RegExp(signature.slice(1)));
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    assert.equal((await harness.callReplay(path, { method })).status, 404);
  harness.wait(6 * 60 * 60_000);
  const fresh = await pathOf(harness, snapshot.id);
  assert.notEqual(fresh, path);
  harness.wait(60 * 60_000 + 1);
  assert.equal((await harness.callReplay(path)).status, 404);
  assert.equal((await harness.callReplay(fresh)).status, 200);
});

test('a purged snapshot is gone from the replay at once', async () => {
  const { harness, snapshot, path } = await stage();
  assert.equal((await harness.callReplay(path)).status, 200);
  await harness.links.remove([snapshot.linkId]);
  await harness.links.purge([snapshot.linkId]);
  assert.equal((await harness.callReplay(path)).status, 404);
});

test('the key of replay addresses lies in the data folder, for its owner alone, and outlives a restart', async () => {
  const { harness, path } = await stage();
  assert.equal(statSync(join(harness.dataDir, 'replay-key')).mode & 0o777, 0o600);
  const { createReplayApp } = await import('./app.ts');
  const again = createReplayApp(harness);
  assert.equal((await again.request(`http://127.0.0.1:8421${path}`)).status, 200);
});

test('the replay takes only its own names', async () => {
  const { harness, path } = await stage();
  for (const host of ['evil.example:8421', '192.168.1.5:8421', 'localhost.evil:8421'])
    assert.equal((await harness.callReplay(path, { host })).status, 403, host);
  assert.equal((await harness.callReplay(path, { host: 'localhost:8421' })).status, 200);
});

test('behind a proxy, replay addresses and policies name the public origins', async () => {
  const harness = await createHarness({
    open: false,
    replayOrigin: 'https://replay.example.org',
    publicOrigin: 'https://keep.example.org',
  });
  const { snapshot } = await harness.keep('https://example.org/', parts);
  const { headers } = await harness.logIn();
  const response = await harness.call(`/api/snapshots/${snapshot.id}`, { headers, host: 'keep.example.org' });
  const { replayUrl } = (await response.json()) as { replayUrl: string };
  assert.match(replayUrl, /^https:\/\/replay\.example\.org\//);
  const path = new URL(replayUrl).pathname;
  const shown = await harness.callReplay(path, { host: 'replay.example.org' });
  assert.equal(shown.status, 200);
  const policy = shown.headers.get('content-security-policy') ?? '';
  assert.ok(policy.includes(`img-src ${replayUrl} `));
  assert.match(policy, /frame-ancestors https:\/\/keep\.example\.org$/);
  assert.equal((await harness.callReplay(path, { host: 'keep.example.org' })).status, 403);
  const page = await harness.call('/api/session', { host: 'keep.example.org' });
  assert.equal(((await page.json()) as { replayOrigin: string }).replayOrigin, 'https://replay.example.org');
});
