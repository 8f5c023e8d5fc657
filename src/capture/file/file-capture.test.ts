import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Digest, digestOf } from '../../kernel/index.ts';
import { startCanary } from '../egress/testing/servers.ts';
import { createSnapshotReaders } from '../snapshot/readers.ts';
import { codesOf, detailsOf, fileEngine, mebibyte, rangesIn } from './testing/file-engine.ts';
import { bytesOf, startFileServer } from './testing/file-server.ts';

const size = 5 * mebibyte + 12_345;
const bytes = bytesOf(size);
const etag = '"v1"';
describe('a link to a file', () => {
  it('is fetched in parts, each asked for once, and kept byte for byte', async () => {
    await using server = await startFileServer({ '/rhcos.raw.gz': { bytes, etag } });
    const engine = fileEngine();
    const url = `${server.origin}/rhcos.raw.gz`;
    const outcome = await engine.take(url);
    assert.deepEqual([outcome.kind, outcome.verdict, codesOf(outcome)], ['file', 'good', ['download']]);
    assert.deepEqual([outcome.title, outcome.measures.sizeBytes], ['rhcos.raw.gz', size]);
    const starts = [0, 1, 2, 3, 4, 5].map((n) => n * mebibyte);
    assert.deepEqual(
      rangesIn(server.asked),
      starts.map((start) => `${start}-${Math.min(start + mebibyte, size) - 1}`),
    );
    assert.equal(server.sentBytes, size);
    assert.deepEqual(Buffer.from(await engine.store.bytes(digestOf(bytes))), bytes);
    assert.deepEqual(await engine.partials(), []);
    const reader = await createSnapshotReaders({
      store: engine.store,
      findReferrer: async () => undefined,
    }).open(outcome.digest!);
    const rendition = await reader.as('file');
    assert.deepEqual([rendition.fileName, rendition.sizeBytes], ['rhcos.raw.gz', size]);
    assert.equal(engine.progress.at(-1)?.unit, 'bytes');
    assert.equal(engine.progress[0]?.total, size);
    assert.equal(engine.progress.at(-1)?.done, size);
  });

  it('comes whole from a server without ranges, without a length, or without anything to know the file by', async () => {
    await using server = await startFileServer({
      '/plain': { bytes, ranges: false, etag },
      '/nameless': { bytes },
      '/weak': { bytes, etag: 'W/"v1"' },
      '/chunked': { bytes, ranges: false },
    });
    server.interfere = (request, response) => {
      if (request.url !== '/chunked') return undefined;
      response.writeHead(200, { 'content-type': 'application/zip' });
      response.write(bytes.subarray(0, 100_000));
      return response.end(bytes.subarray(100_000));
    };
    for (const path of ['/plain', '/nameless', '/weak', '/chunked']) {
      const engine = fileEngine();
      server.asked.length = 0;
      const outcome = await engine.take(server.origin + path);
      assert.deepEqual([outcome.verdict, outcome.measures.sizeBytes], ['good', size], path);
      assert.ok(await engine.store.stat(digestOf(bytes)), path);
      assert.ok(server.asked.length <= 2, server.asked.join());
    }
  });

  it('of no bytes, and of less than one part, is kept', async () => {
    await using server = await startFileServer({
      '/empty': { bytes: Buffer.alloc(0), etag },
      '/small': { bytes: bytes.subarray(0, 10) },
    });
    const engine = fileEngine();
    for (const [path, sizeBytes] of [
      ['/empty', 0],
      ['/small', 10],
    ] as const) {
      const outcome = await engine.take(server.origin + path);
      assert.deepEqual([outcome.verdict, outcome.measures.sizeBytes], ['good', sizeBytes]);
    }
    assert.deepEqual(server.asked, ['/empty', '/small 0-9']);
  });

  it('follows redirects, and is refused where one leads to a private address', async () => {
    await using canary = await startCanary();
    await using server = await startFileServer({
      '/a': { bytes, etag },
      '/to': { bytes },
      '/away': { bytes },
    });
    server.interfere = (request, response) => {
      if (request.url === '/to') return response.writeHead(302, { location: '/a?token=1' }).end();
      if (request.url !== '/away') return undefined;
      return response.writeHead(302, { location: `http://127.0.0.1:${canary.port}/` }).end();
    };
    const engine = fileEngine();
    const outcome = await engine.take(`${server.origin}/to`);
    assert.deepEqual([outcome.verdict, codesOf(outcome)], ['good', ['download', 'redirectedTo']]);
    assert.equal(outcome.finalUrl, `${server.origin}/a?token=1`);
    assert.equal(server.asked.filter((each) => each.startsWith('/to')).length, 1);
    const refused = await engine.take(`${server.origin}/away`);
    assert.deepEqual([refused.digest, codesOf(refused)], [null, ['refusedAddress']]);
    assert.deepEqual(detailsOf(refused, 'refusedAddress'), { address: '127.0.0.1', reason: 'loopback' });
    assert.equal(canary.connections, 0);
  });

  it('that is a page is left to others, unless it is wanted as a file', async () => {
    const page = { bytes: Buffer.from('<p>Words'), headers: { 'content-type': 'text/html; charset=utf-8' } };
    const saved = {
      ...page,
      headers: { ...page.headers, 'content-disposition': 'attachment; filename=a.html' },
    };
    await using server = await startFileServer({ '/page.iso': page, '/saved': saved });
    const engine = fileEngine();
    assert.equal(await engine.capture(`${server.origin}/page.iso`), undefined);
    assert.deepEqual(await engine.partials(), []);
    assert.equal((await engine.take(`${server.origin}/page.iso`, { anything: true })).verdict, 'good');
    assert.equal((await engine.take(`${server.origin}/saved`)).title, 'a.html');
  });

  it('that is not there, or may not be had, is a reason at once', async () => {
    await using server = await startFileServer({ '/private': { bytes } });
    server.interfere = (_, response) => response.writeHead(403).end();
    const engine = fileEngine();
    const gone = await engine.take(`${server.origin}/gone.iso`);
    assert.deepEqual([gone.digest, gone.verdict, codesOf(gone)], [null, 'not-found', ['httpStatus']]);
    const denied = await engine.take(`${server.origin}/private`);
    assert.deepEqual([denied.verdict, detailsOf(denied, 'httpStatus')], ['failed', { status: 403 }]);
    assert.equal(server.asked.length, 1);
    assert.deepEqual(await engine.partials(), []);
  });

  it('on a server that is away is a reason after some tries', async () => {
    const server = await startFileServer({});
    await server[Symbol.asyncDispose]();
    const outcome = await fileEngine().take(`${server.origin}/a.iso`);
    assert.deepEqual([outcome.digest, codesOf(outcome)], [null, ['networkError']]);
  });
});

describe('a capture of a file', () => {
  it('ends at once when it is cancelled, and keeps what came', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes, etag } });
    const abort = new AbortController();
    server.interfere = (_, __, range) => {
      if (!range || range[0] < 2 * mebibyte) return undefined;
      setTimeout(() => abort.abort(), 50);
      return true;
    };
    const engine = fileEngine();
    const url = `${server.origin}/a.iso`;
    await assert.rejects(engine.take(url, { signal: abort.signal }), { code: 'capture.cancelled' });
    const [left] = await engine.partials();
    assert.ok(left!.sizeBytes >= 2 * mebibyte);
    await assert.rejects(engine.take(url, { signal: abort.signal }), { code: 'capture.cancelled' });
  });

  it('refuses a checksum that is none before it asks for anything', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes, etag } });
    const checksum = 'md5:abc' as Digest;
    await assert.rejects(fileEngine().take(`${server.origin}/a.iso`, { checksum }), {
      code: 'digest.malformed',
    });
    assert.deepEqual(server.asked, []);
  });
});
