import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { type Descriptor, digestOf, hasCode } from '../../kernel/index.ts';
import { maxManifestBytes } from '../manifest.ts';
import { indexMediaType, manifestMediaType } from '../media-types.ts';
import { type FakeRegistry, startFakeRegistry } from '../testing/fake-registry.ts';
import { createPlainTransport } from '../testing/plain-transport.ts';
import { createRegistry } from './create-registry.ts';
import type { RegistryOptions } from './types.ts';

const bytes = Buffer.alloc(300_000, 'some bytes ');

describe('a registry that is not as it should be', () => {
  const transport = createPlainTransport();
  let fake: FakeRegistry;
  let blob: Descriptor;
  let slept: number[];
  const make = (options: Partial<RegistryOptions> = {}) =>
    createRegistry({
      transport,
      plainHttp: true,
      attempts: 3,
      pauseMs: 1,
      stallMs: 2_000,
      sleep: async (ms) => void slept.push(ms),
      ...options,
    });
  const source = (options?: Partial<RegistryOptions>) =>
    make(options).source({ host: fake.host, repository: 'a/b' });
  const read = async (start?: number, options?: Partial<RegistryOptions>) =>
    Buffer.concat(await Array.fromAsync(await source(options).blob(blob, start)));
  const blobRequests = () => fake.requests.filter((request) => request.includes('/blobs/'));
  /** Runs the first answers in turn, then lets the registry answer. */
  const first = (...answers: NonNullable<FakeRegistry['intercept']>[]) => {
    fake.intercept = (request, response) => answers.shift()?.(request, response) ?? false;
  };

  before(async () => {
    fake = await startFakeRegistry();
  });
  beforeEach(() => {
    fake.requests.length = 0;
    slept = [];
    blob = fake.addBlob(bytes);
  });
  afterEach(() => {
    fake.intercept = undefined;
    for (const each of [fake.blobs, fake.manifests, fake.tags]) each.clear();
  });
  after(async () => {
    transport.close();
    await fake.close();
  });

  test('that cuts the connection inside a blob is asked for the rest only', async () => {
    const ranges: (string | undefined)[] = [];
    const cut: NonNullable<FakeRegistry['intercept']> = (request, response) => {
      ranges.push(request.headers.range);
      const start = ranges.length === 1 ? 0 : 100_000;
      const length = bytes.length - start;
      response.writeHead(start ? 206 : 200, {
        'content-length': length,
        ...(start && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
      });
      response.write(bytes.subarray(start, start + 100_000), () => setTimeout(() => response.destroy(), 20));
      return true;
    };
    first(cut, cut);
    assert.deepEqual(await read(), bytes);
    assert.deepEqual(ranges, [undefined, 'bytes=100000-']);
    assert.equal(blobRequests().length, 3);
  });

  test('that does not know Range is read from the start and passed over', async () => {
    first((_, response) => !!response.writeHead(200, { 'content-length': bytes.length }).end(bytes));
    assert.deepEqual(await read(123_456), bytes.subarray(123_456));
    assert.deepEqual(await read(200_000), bytes.subarray(200_000));
    assert.deepEqual(await read(bytes.length), Buffer.alloc(0));
    assert.equal(blobRequests().length, 2);
  });

  test('that lies about length or range is refused at once', async () => {
    const lies: [number, Record<string, string | number>, Uint8Array, number][] = [
      [200, { 'content-length': 5 }, bytes.subarray(0, 5), 0],
      [200, {}, Buffer.concat([bytes, bytes]), 0],
      [206, { 'content-range': `bytes 7-${bytes.length - 1}/${bytes.length}` }, bytes.subarray(7), 9],
      [206, { 'content-range': 'bytes 9-20/21' }, bytes.subarray(9, 21), 9],
      [416, {}, Buffer.alloc(0), 9],
    ];
    for (const [status, headers, body, start] of lies) {
      first((_, response) => !!response.writeHead(status, headers).end(body));
      await assert.rejects(read(start), (error) => hasCode(error, 'images.wrongBytes'), `${status}`);
    }
    assert.equal(blobRequests().length, lies.length);
  });

  test('that ends short again and again is given up after as many tries as are allowed', async () => {
    fake.intercept = (_, response) => !!response.writeHead(200).end();
    await assert.rejects(read(), (error) => hasCode(error, 'images.unreachable'));
    assert.equal(blobRequests().length, 3);
  });

  test('that stalls is asked again', async () => {
    first((_, response) => {
      response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 70_000));
      return true;
    });
    assert.deepEqual(await read(0, { stallMs: 100 }), bytes);
    assert.equal(blobRequests().length, 2);
  });

  test('that is busy or failing is waited for, as long as it asks', async () => {
    const image = fake.addImage(['x'], 'v1');
    first(
      (_, response) => !!response.writeHead(429, { 'retry-after': '7' }).end(),
      (_, response) => !!response.writeHead(503).end(),
    );
    assert.deepEqual(await source().resolve('v1'), image);
    assert.equal(slept[0], 7_000);
    assert.ok(slept[1]! < 100);

    fake.intercept = (_, response) => !!response.writeHead(429, { 'retry-after': '1' }).end();
    await assert.rejects(
      source().resolve('v1'),
      (error) => hasCode(error, 'images.busy') && error.details.retryAfterMs === 1000,
    );
    fake.requests.length = 0;
    fake.intercept = (_, response) => !!response.writeHead(429, { 'retry-after': '86400' }).end();
    await assert.rejects(source().resolve('v1'), (error) => hasCode(error, 'images.busy'));
    assert.equal(fake.requests.length, 1);
  });

  test('that refuses is not asked again', async () => {
    for (const [status, code] of [
      [403, 'images.denied'],
      [401, 'images.denied'],
      [400, 'images.refused'],
      [404, 'images.notFound'],
    ] as const) {
      fake.requests.length = 0;
      fake.intercept = (_, response) => {
        const body = JSON.stringify({
          errors: [{ code: 'X', message: `no\u001b[31m ${'y'.repeat(9_000)}` }],
        });
        response.writeHead(status).end(body);
        return true;
      };
      await assert.rejects(
        source().resolve(digestOf('x')),
        (error) => hasCode(error, code) && error.message.length < 1_000 && !error.message.includes('\u001b'),
      );
      assert.equal(fake.requests.length, 1);
    }
  });

  test('whose connection is reset before the answer is asked again', async () => {
    fake.addImage(['x'], 'v1');
    first((_, response) => !!response.destroy());
    await source().resolve('v1');
    assert.equal(fake.requests.length, 2);
  });

  test('that gives other bytes than its digest says is not believed', async () => {
    const image = fake.addImage(['x'], 'v1');
    const other = fake.addImage(['y']);
    fake.manifests.set(image.digest, fake.manifests.get(other.digest)!);
    const wrong = (error: unknown) =>
      hasCode(error, 'images.wrongBytes') && error.details.digest === image.digest;
    await assert.rejects(source().manifest(image), wrong);
    await assert.rejects(source().resolve(image.digest), wrong);
  });

  test('that says no digest has its manifest hashed', async () => {
    const image = fake.addImage(['x'], 'v1');
    fake.intercept = (request, response) => {
      const { mediaType, bytes: body } = fake.manifests.get(image.digest)!;
      response.writeHead(200, { 'content-type': mediaType, 'content-length': body.length });
      response.end(request.method === 'HEAD' ? undefined : body);
      return true;
    };
    assert.deepEqual(await source().resolve('v1'), image);
  });

  test('that gives a manifest of 100 MB is refused before its bytes are taken', async () => {
    let sent = 0;
    fake.intercept = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json' });
      const piece = Buffer.alloc(1_000_000, ' ');
      const more = () => {
        if (sent >= 100 || response.destroyed) return response.end();
        sent++;
        response.write(piece, () => more());
      };
      more();
      return true;
    };
    await assert.rejects(source().resolve(digestOf('x')), (error) => hasCode(error, 'images.badAnswer'));
    assert.ok(sent * 1_000_000 < 3 * maxManifestBytes, `${sent} MB were taken`);
  });

  test('that gives schema 1 is refused by name', async () => {
    const type = 'application/vnd.docker.distribution.manifest.v1+prettyjws';
    fake.addManifest({ schemaVersion: 1, fsLayers: [] }, 'old', type);
    await assert.rejects(
      source().resolve('old'),
      (error) =>
        hasCode(error, 'images.unsupportedManifest') && String(error.details.image).endsWith('a/b:old'),
    );
    assert.ok(fake.requests.length > 0);
  });

  test('whose list of image tags does not end is not followed for ever', async () => {
    let pages = 0;
    fake.intercept = (request, response) => {
      pages++;
      const link = { link: `<${request.url}>; rel="next"` };
      response.writeHead(200, link).end(JSON.stringify({ tags: [`v${Math.min(pages, 5)}`] }));
      return true;
    };
    await assert.rejects(source().tags(), (error) => hasCode(error, 'images.badAnswer'));
    assert.ok(pages < 10);
  });

  test('that pages its image tags is followed, within itself only', async () => {
    const page = (tags: string[], next?: string): NonNullable<FakeRegistry['intercept']> => {
      return (_, response) =>
        !!response
          .writeHead(200, next ? { link: `<${next}>; rel="next"` } : {})
          .end(JSON.stringify({ tags }));
    };
    first(page(['b', 'a'], '/v2/a/b/tags/list?n=2&last=a'), page(['c', '../bad']));
    assert.deepEqual(await source().tags(), ['a', 'b', 'c']);
    assert.equal(fake.requests.at(-1), 'GET /v2/a/b/tags/list?n=2&last=a');
    first(page(['a'], 'http://other.example/v2/a/b/tags/list'));
    await assert.rejects(source().tags(), (error) => hasCode(error, 'images.badAnswer'));
  });

  test('that lists referrers without end is not believed', async () => {
    const entry = { mediaType: manifestMediaType, digest: blob.digest, size: 1 };
    const manifests = Array.from({ length: 10_000 }, () => entry);
    const page = JSON.stringify({ schemaVersion: 2, mediaType: indexMediaType, manifests });
    let pages = 0;
    fake.intercept = (request, response) => {
      if (!request.url?.includes('/referrers/')) return false;
      const link = `<${request.url.replace(/\?.*/, '')}?last=${++pages}>; rel="next"`;
      response.writeHead(200, { 'content-type': indexMediaType, link }).end(page);
      return true;
    };
    await assert.rejects(source().referrers(blob.digest), (error) => hasCode(error, 'images.badAnswer'));
    assert.ok(pages < 10, `${pages} pages of 10 000 were taken`);
  });

  test('that sends on without end, or away from TLS, is not followed', async () => {
    fake.intercept = (request, response) => !!response.writeHead(307, { location: `${request.url}x` }).end();
    await assert.rejects(read(), (error) => hasCode(error, 'images.badAnswer'));
    assert.ok(fake.requests.length < 10);
  });

  test('that speaks plain HTTP where TLS is expected names --plain-http', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.0 400 Bad Request\r\n\r\nno TLS here'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      const secure = createRegistry({ transport, attempts: 3, pauseMs: 1 });
      await assert.rejects(
        secure.source({ host: `127.0.0.1:${port}`, repository: 'a' }).resolve('v1'),
        (error) => hasCode(error, 'images.plainOnly') && /--plain-http/.test(error.hint ?? ''),
      );
    } finally {
      server.close();
    }
  });
});
