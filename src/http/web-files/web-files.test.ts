import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createHarness } from '../testing/harness.ts';
import { acceptedEncodings } from './encoding.ts';
import { segmentsOf } from './find-file.ts';

const page =
  '<!doctype html><title>Holdfast</title><script>let theme = 1;</script><script src="/a.js"></script>';
const folder = mkdtempSync(join(tmpdir(), 'holdfast-web-'));
const webDir = join(folder, 'web');
after(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(webDir, 'assets'), { recursive: true });
writeFileSync(join(folder, 'secret.txt'), 'secret');
writeFileSync(join(webDir, 'index.html'), page);
writeFileSync(join(webDir, '.hidden'), 'secret');
writeFileSync(join(webDir, 'assets', 'app-1a2b.js'), 'let app;');
writeFileSync(join(webDir, 'assets', 'app-1a2b.js.br'), brotliCompressSync('let app;'));
writeFileSync(join(webDir, 'assets', 'app-1a2b.js.gz'), gzipSync('let app;'));
writeFileSync(join(webDir, 'assets', 'old.css'), 'a{}');
writeFileSync(join(webDir, 'assets', 'old.css.br'), brotliCompressSync('b{}'));
utimesSync(join(webDir, 'assets', 'old.css.br'), 1, 1);
symlinkSync(join(folder, 'secret.txt'), join(webDir, 'link.txt'));

const open = () => createHarness({ webDir });

test('every address that is no file gets the page, with a policy that allows its own inline script by hash', async () => {
  const { call } = await open();
  for (const path of ['/', '/links/abc', '/settings?x=1', '/search']) {
    const response = await call(path);
    assert.deepEqual([response.status, await response.text()], [200, page], path);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self' 'sha256-[A-Za-z0-9+/]{43}=';/);
    assert.match(policy, /frame-src http:\/\/127\.0\.0\.1:8421;/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline|style-src [^;]*unsafe-inline/);
    assert.equal(response.headers.get('cache-control'), 'no-cache');
  }
});

test('assets are immutable, packed as the browser takes them, and not sent twice', async () => {
  const { call } = await open();
  const plain = await call('/assets/app-1a2b.js');
  assert.equal(plain.headers.get('content-type'), 'text/javascript; charset=utf-8');
  assert.equal(plain.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(plain.headers.get('vary'), 'Accept-Encoding');
  const tags = new Set([plain.headers.get('etag')]);
  for (const [accepted, name] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, *', 'gzip'],
  ] as const) {
    const packed = await call('/assets/app-1a2b.js', { headers: { 'accept-encoding': accepted } });
    assert.equal(packed.headers.get('content-encoding'), name);
    tags.add(packed.headers.get('etag'));
  }
  assert.equal(tags.size, 3);
  const again = await call('/assets/app-1a2b.js', {
    headers: { 'if-none-match': plain.headers.get('etag')! },
  });
  assert.deepEqual([again.status, await again.text()], [304, '']);
  const head = await call('/assets/app-1a2b.js', { method: 'HEAD' });
  assert.deepEqual([head.headers.get('content-length'), await head.text()], ['8', '']);
});

test('a packed neighbour that is older than its file is left alone', async () => {
  const { call } = await open();
  const response = await call('/assets/old.css', { headers: { 'accept-encoding': 'br' } });
  assert.deepEqual([response.headers.get('content-encoding'), await response.text()], [null, 'a{}']);
});

test('a missing asset is not found, never the page', async () => {
  const { call } = await open();
  for (const path of ['/assets/gone.js', '/assets/', '/gone.css', '/assets/x/y'])
    assert.equal((await call(path)).status, 404, path);
});

test('no path leads out of the folder or to what is hidden', async () => {
  const { call } = await open();
  const paths = [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/.hidden',
    '/%2ehidden',
    '/link.txt',
    '/index.html%00.js',
    '/%',
    '/%ff',
    `/${'a'.repeat(5_000)}`,
  ];
  for (const path of paths) {
    const text = await (await call(path)).text();
    assert.equal(text.includes('secret"') || text === 'secret', false, path);
  }
  for (const path of ['..', 'a/../b', '.x', 'a\\b', 'a%2fb', 'a%00', '%ff', 'a:b'])
    assert.equal(segmentsOf(path), undefined, path);
  assert.deepEqual(segmentsOf('/assets//app-1a2b.js'), ['assets', 'app-1a2b.js']);
});

test('without a built interface the page says what to do, and the API answers', async () => {
  for (const config of [{}, { webDir: join(folder, 'nowhere') }]) {
    const { call } = await createHarness(config);
    const response = await call('/');
    assert.equal(response.status, 503);
    assert.match(await response.text(), /has not been built[\s\S]*尚未构建/);
    assert.equal((await call('/api/health')).status, 200);
  }
});

test('acceptedEncodings() reads weights and the star', () => {
  const names = (header: string | undefined) => acceptedEncodings(header).map((each) => each.name);
  assert.deepEqual(names(undefined), []);
  assert.deepEqual(names('*'), ['br', 'gzip']);
  assert.deepEqual(names('GZIP;q=0.5, br;q=0.000'), ['gzip']);
});
