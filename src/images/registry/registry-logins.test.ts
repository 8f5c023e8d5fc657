import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after, before, beforeEach, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { type Descriptor, hasCode } from '../../kernel/index.ts';
import { parseCredentials } from '../credentials/credentials.ts';
import { type FakeRegistry, startFakeRegistry } from '../testing/fake-registry.ts';
import { createPlainTransport } from '../testing/plain-transport.ts';
import { createRegistry } from './create-registry.ts';

const login = `Basic ${Buffer.from('me:secret-word').toString('base64')}`;

describe('logging in', () => {
  const transport = createPlainTransport();
  let fake: FakeRegistry;
  let elsewhere: FakeRegistry;
  let image: Descriptor;
  let blob: Descriptor;
  /** Tokens that the registry takes now. */
  let valid: Set<string>;
  let nowMs: number;
  let seen: (string | undefined)[];
  let expiresIn: number;

  const make = (auths = true) =>
    createRegistry({
      transport,
      plainHttp: true,
      attempts: 2,
      pauseMs: 1,
      clock: { now: () => nowMs },
      ...(auths && {
        credentials: parseCredentials(
          JSON.stringify({ auths: { [fake.host]: { auth: login.slice(6) } } }),
          'test',
        ),
      }),
    });
  const source = (repository = 'a/b') => make().source({ host: fake.host, repository });
  const tokenRequests = () => fake.requests.filter((request) => request.includes('/token'));

  /** A registry whose token service is itself; a token is named for its number and scopes. */
  function bearer(request: IncomingMessage, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '', 'http://x');
    if (url.pathname === '/token') {
      if (request.headers.authorization !== login) return !!response.writeHead(401).end();
      const token = `t${tokenRequests().length}:${url.searchParams.getAll('scope').join('+')}`;
      valid.add(token);
      response.end(JSON.stringify({ token, expires_in: expiresIn }));
      return true;
    }
    if (valid.has(request.headers.authorization?.slice('Bearer '.length) ?? '')) return false;
    const repository = /^\/v2\/(.+?)\/(?:manifests|blobs|tags)/.exec(url.pathname)?.[1];
    const mount = url.searchParams.get('from');
    const scope = `repository:${repository}:${request.method === 'GET' || request.method === 'HEAD' ? 'pull' : 'pull,push'}${mount ? ` repository:${mount}:pull` : ''}`;
    const realm = `http://${fake.host}/token`;
    const challenge = `Negotiate, Bearer realm="${realm}",service="reg, \\"x\\"",scope="${scope}"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
    return true;
  }

  before(async () => {
    [fake, elsewhere] = await Promise.all([startFakeRegistry(), startFakeRegistry()]);
  });
  after(async () => {
    transport.close();
    await Promise.all([fake.close(), elsewhere.close()]);
  });
  beforeEach(() => {
    for (const each of [fake, elsewhere]) {
      each.intercept = undefined;
      each.requests.length = 0;
    }
    valid = new Set();
    seen = [];
    nowMs = 1_000_000;
    expiresIn = 300;
    image = fake.addImage(['x'], 'v1');
    blob = fake.addBlob(Buffer.alloc(200_000, 'y'));
  });

  test('by Basic sends the login where it is asked for, and to no registry without one', async () => {
    fake.intercept = (request, response) => {
      seen.push(request.headers.authorization);
      if (request.headers.authorization === login) return false;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x, y"' }).end();
      return true;
    };
    const repository = source();
    await repository.resolve('v1');
    await repository.manifest(image);
    assert.deepEqual(seen, [undefined, login, login]);
    await assert.rejects(
      make(false).source({ host: fake.host, repository: 'a/b' }).resolve('v1'),
      (error) => hasCode(error, 'images.denied') && !inspect(error).includes('secret-word'),
    );
  });

  test('by Bearer asks once for each scope, whatever is asked at the same time', async () => {
    fake.intercept = bearer;
    const registry = make();
    const one = registry.source({ host: fake.host, repository: 'a/b' });
    await Promise.all([one.resolve('v1'), one.resolve('v1'), one.manifest(image)]);
    await one.tags();
    await registry.source({ host: fake.host, repository: 'c/d' }).resolve('v1');
    assert.deepEqual(
      tokenRequests().map((request) => new URL(request.slice(4), 'http://x').searchParams.toString()),
      [
        'service=reg%2C+%22x%22&scope=repository%3Aa%2Fb%3Apull',
        'service=reg%2C+%22x%22&scope=repository%3Ac%2Fd%3Apull',
      ],
    );
  });

  test('asks for a new token when the old one has expired, by the clock or by a 401 inside a blob', async () => {
    fake.intercept = bearer;
    const repository = source();
    await repository.resolve('v1');
    nowMs += expiresIn * 1000;
    fake.requests.length = 0;
    await repository.resolve('v1');
    assert.equal(fake.requests.length, 2);

    const bytes = fake.blobs.get(blob.digest)!;
    let broken = false;
    fake.intercept = (request, response) => {
      if (broken || !request.url?.includes('/blobs/')) return bearer(request, response);
      broken = true;
      valid.clear();
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
      return true;
    };
    fake.requests.length = 0;
    assert.deepEqual(Buffer.concat(await Array.fromAsync(await repository.blob(blob))), bytes);
    assert.equal(tokenRequests().length, 1);
  });

  test('asks for both scopes to mount a blob from another repository', async () => {
    fake.intercept = bearer;
    const target = make().target({ host: fake.host, repository: 'new/one' });
    assert.equal(await target.takes(blob, { repository: `${fake.host}/a/b` }), true);
    assert.match(
      decodeURIComponent(tokenRequests()[0]!),
      /scope=repository:new\/one:pull,push&scope=repository:a\/b:pull/,
    );
  });

  test('gives up where a fresh token is refused, and shows no secret', async () => {
    fake.intercept = (request, response) => {
      const isToken = request.url?.startsWith('/token');
      const done = bearer(request, response);
      if (isToken) valid.clear();
      return done;
    };
    await assert.rejects(
      source().resolve('v1'),
      (error) => hasCode(error, 'images.denied') && !/secret-word|t1:/.test(inspect(error)),
    );
    assert.equal(fake.requests.length, 3);
  });

  test('never sends a login to a token service without TLS when TLS was asked for', async () => {
    const sent: (string | undefined)[] = [];
    const registry = createRegistry({
      transport: {
        close() {},
        async send({ headers }) {
          sent.push(headers?.authorization);
          return {
            status: 401,
            headers: { 'www-authenticate': `Bearer realm="http://${elsewhere.host}/token"` },
            body: (async function* () {})(),
            discard() {},
          };
        },
      },
      credentials: parseCredentials(JSON.stringify({ auths: { 'r.io': { auth: login.slice(6) } } }), 'test'),
    });
    await assert.rejects(registry.source({ host: 'r.io', repository: 'a' }).resolve('v1'), (error) =>
      hasCode(error, 'images.denied'),
    );
    assert.deepEqual(sent, [undefined]);
  });

  test('never sends a login along to another host', async () => {
    elsewhere.blobs.set(blob.digest, fake.blobs.get(blob.digest)!);
    elsewhere.intercept = (request) => {
      seen.push(request.headers.authorization);
      return false;
    };
    fake.intercept = (request, response) => {
      if (bearer(request, response)) return true;
      if (!request.url?.includes('/blobs/')) return false;
      response.writeHead(307, { location: `http://${elsewhere.host}${request.url}` }).end();
      return true;
    };
    const chunks = await Array.fromAsync(await source().blob(blob, 150_000));
    assert.equal(Buffer.concat(chunks).length, 50_000);
    assert.deepEqual(seen, [undefined]);
  });
});
