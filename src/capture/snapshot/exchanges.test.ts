import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { digestOf, hasCode } from '../../kernel/index.ts';
import { decodeExchanges, encodeExchanges } from './exchanges.ts';
import type { TimedExchange } from './format.ts';

const snapshot = digestOf('a snapshot');
const config = (encoded: ReturnType<typeof encodeExchanges>) => ({
  exchangeTimesMs: encoded.times,
  exchangeVolatile: encoded.volatile,
});

function exchange(change: Partial<TimedExchange>): TimedExchange {
  return {
    url: 'https://example.org/',
    method: 'GET',
    requestHeaders: [['accept', '*/*']],
    type: 'document',
    status: 200,
    statusText: 'OK',
    responseHeaders: [['content-type', 'text/html']],
    body: { digest: digestOf('body'), size: 4 },
    atMs: 0,
    ...change,
  };
}

test('exchanges come back as they were, in the order in which they went out', () => {
  const given = [
    exchange({ atMs: 5, url: 'https://example.org/b' }),
    exchange({ atMs: 7, url: 'https://example.org/a', body: null, error: 'net::ERR_ABORTED', status: 0 }),
    exchange({ atMs: 7, url: 'https://example.org/A', method: 'POST', requestBody: 'q=离线' }),
    exchange({ atMs: 9, url: 'https://example.org/b' }),
  ];
  const encoded = encodeExchanges(given);
  const back = decodeExchanges(encoded.bytes, config(encoded), snapshot);
  assert.deepEqual(
    back.map(({ atMs, ...rest }) => rest),
    given.map(({ atMs, ...rest }) => rest),
  );
  assert.ok(back.every((one, index) => Math.abs(one.atMs - given[index]!.atMs) < 0.01));
});

test('the blob of an unchanged page is the same bytes whatever the order, the times and the volatile headers', () => {
  const visit = (id: string, reversed: boolean) => {
    const response: [string, string][] = [
      ['Date', `Mon, 0${id} Jan 2026`],
      ['content-type', 'text/css'],
      ['Set-Cookie', `sid=${id}`],
      ['content-security-policy', `script-src 'nonce-${id}'`],
      ['etag', '"same"'],
      ['X-Request-Id', id],
    ];
    const both = [
      exchange({ atMs: Number(id), url: 'https://example.org/a.css', responseHeaders: response }),
      exchange({ atMs: Number(id) * 2, requestHeaders: [['Cookie', id]] }),
    ];
    return encodeExchanges(reversed ? both.toReversed().map((one, i) => ({ ...one, atMs: i })) : both);
  };
  const first = visit('1', false);
  assert.deepEqual(visit('2', true).bytes, first.bytes);
  const css = decodeExchanges(first.bytes, config(first), snapshot)[0]!;
  assert.deepEqual(new Set(css.responseHeaders.map(([name]) => name)).size, 6);
  assert.ok(css.responseHeaders.some(([name, value]) => name === 'Set-Cookie' && value === 'sid=1'));
  assert.deepEqual(decodeExchanges(first.bytes, config(first), snapshot)[1]!.requestHeaders, [
    ['Cookie', '1'],
  ]);
});

test('a policy without a nonce and a changed header are part of the page', () => {
  const of = (value: string) =>
    encodeExchanges([exchange({ responseHeaders: [['content-security-policy', value]] })]).bytes;
  assert.notDeepEqual(of("default-src 'self'"), of("default-src 'none'"));
});

test('decodeExchanges() refuses hostile bytes by name', () => {
  const none = { exchangeTimesMs: [], exchangeVolatile: [] };
  const json = (value: unknown) => zstdCompressSync(Buffer.from(JSON.stringify(value)));
  const bomb = zstdCompressSync(Buffer.alloc(200 * 1024 * 1024));
  const cases: [Uint8Array, RegExp][] = [
    [Buffer.from('not zstd'), /not zstd/],
    [bomb, /at most/],
    [json({}), /expected array/],
    [json([{ ...exchange({}), body: { digest: 'sha256:../../etc', size: 4 } }]), /\[0\]\.body\.digest/],
    [json([{ ...exchange({}), body: { digest: digestOf(''), size: -1 } }]), /\[0\]\.body\.size/],
    [json([exchange({})]), /counts others/],
  ];
  for (const [bytes, fault] of cases)
    assert.throws(
      () => decodeExchanges(bytes, none, snapshot),
      (error) => hasCode(error, 'capture.badSnapshot') && fault.test(error.message),
      String(fault),
    );
});
