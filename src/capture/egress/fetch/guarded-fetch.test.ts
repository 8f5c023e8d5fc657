import assert from 'node:assert/strict';
import type { IncomingMessage, RequestListener } from 'node:http';
import { describe, it } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { hasCode } from '../../../kernel/index.ts';
import { collect } from '../../../store/index.ts';
import { createEgressGuard } from '../guard.ts';
import { resolverOf, startCanary, startOrigin, startTcp, until } from '../testing/servers.ts';
import type { GuardedFetchOptions } from '../types.ts';

const names = { 'a.test': ['127.0.0.2'], 'b.test': ['127.0.0.2'], 'canary.test': ['127.0.0.1'] };
const guard = createEgressGuard({
  policy: { allow: ['127.0.0.2/32'], never: [] },
  resolver: resolverOf(names),
});
const text = 'self-contained '.repeat(5000);

async function get(url: string, options?: GuardedFetchOptions) {
  const answer = await guard.fetch(url, options);
  return { ...answer, text: Buffer.from(await collect(answer.body, 1e9)).toString() };
}

/** An origin that answers by path: a number is a redirect's status in front of its target. */
const redirecting =
  (targets: Record<string, string>, seen: IncomingMessage[] = []): RequestListener =>
  (request, response) => {
    seen.push(request);
    const target = targets[request.url ?? ''];
    if (target === undefined) response.end('arrived');
    else response.writeHead(Number(target.slice(0, 3)), { location: target.slice(4) }).end('moved');
  };

describe('fetch()', () => {
  it('gives status, headers and the body of every content coding', async () => {
    const codings: Record<string, Buffer> = {
      '': Buffer.from(text),
      identity: Buffer.from(text),
      gzip: gzipSync(text),
      'x-gzip': gzipSync(text),
      GZIP: gzipSync(text),
      deflate: deflateSync(text),
      ' deflate ': deflateRawSync(text),
      br: brotliCompressSync(text),
      zstd: zstdCompressSync(text),
      'gzip, br': brotliCompressSync(gzipSync(text)),
    };
    const order = Object.keys(codings);
    await using origin = await startOrigin((request, response) => {
      const coding = order[Number(request.url!.slice(1))]!;
      response.writeHead(203, { 'x-a': '1', ...(coding && { 'content-encoding': coding }) });
      response.end(codings[coding]);
    });
    for (const [i, coding] of order.entries()) {
      const answer = await get(`http://a.test:${origin.port}/${i}`);
      assert.equal(answer.status, 203);
      assert.equal(answer.text, text, coding);
      assert.ok(answer.headers.some(([name, value]) => name === 'x-a' && value === '1'));
      const described = answer.headers.map(([name]) => name.toLowerCase());
      if (i > 1)
        for (const name of ['content-encoding', 'content-length'])
          assert.ok(!described.includes(name), coding);
    }
  });

  it('reads an empty body under any coding', async () => {
    const codings = ['gzip', 'deflate', 'br', 'zstd'];
    await using origin = await startOrigin((request, response) => {
      response
        .writeHead(200, { 'content-encoding': codings[Number(request.url!.slice(1))], 'content-length': 0 })
        .end();
    });
    for (const i of codings.keys())
      assert.equal((await get(`http://a.test:${origin.port}/${i}`)).text, '', codings[i]);
  });

  it('stops a body that swells beyond its limit, and lets the origin go', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    await using origin = await startOrigin((request, response) => {
      if (request.url === '/bomb') response.writeHead(200, { 'content-encoding': 'gzip' });
      else if (request.url === '/nested') response.writeHead(200, { 'content-encoding': 'gzip, gzip' });
      if (request.url !== '/plain') return void response.end(request.url === '/bomb' ? bomb : gzipSync(bomb));
      const more = () => {
        while (!response.destroyed)
          if (!response.write(Buffer.alloc(100_000))) return void response.once('drain', more);
      };
      more();
    });
    for (const path of ['bomb', 'nested', 'plain'])
      await assert.rejects(
        get(`http://a.test:${origin.port}/${path}`, { maxBytes: 1_000_000 }),
        (error) => hasCode(error, 'capture.tooLarge') && error.details.limitBytes === 1_000_000,
        path,
      );
    await until(() => origin.sockets.size === 0);
  });

  it('says what is wrong with a body that cannot be decoded or breaks off', async () => {
    const broken: [Record<string, string>, Buffer][] = [
      [{ 'content-encoding': 'gzip' }, gzipSync(text).subarray(0, 50)],
      [{ 'content-encoding': 'gzip' }, Buffer.from('no gzip at all')],
      [{ 'content-encoding': 'br' }, Buffer.from('no brotli at all')],
      [{ 'content-encoding': 'compress' }, Buffer.from('x')],
      [{ 'content-encoding': 'gzip, gzip, gzip, gzip' }, Buffer.from('x')],
      [{ 'content-length': '100' }, Buffer.from('half')],
    ];
    await using origin = await startOrigin((request, response) => {
      const [headers, body] = broken[Number(request.url!.slice(1))]!;
      response.writeHead(200, headers);
      response.write(body, () => response.destroy());
    });
    for (const i of broken.keys())
      await assert.rejects(
        get(`http://a.test:${origin.port}/${i}`),
        (error) => hasCode(error, 'capture.fetchFailed'),
        `${i}`,
      );
  });

  it('follows redirects of every kind, with the fragment, and answers the last URL', async () => {
    const seen: IncomingMessage[] = [];
    const targets: Record<string, string> = {
      '/1': '301 /2',
      '/2': '302 ./3?q',
      '/3?q': '303 //b.test:PORT/4',
    };
    Object.assign(targets, { '/4': '307 http://a.test:PORT/5', '/5': '308 /\u4e2d' });
    await using origin = await startOrigin((request, response) => {
      const fill = ([from, to]: [string, string]) => [
        from,
        Buffer.from(to.replace('PORT', `${origin.port}`)).toString('latin1'),
      ];
      redirecting(Object.fromEntries(Object.entries(targets).map(fill)), seen)(request, response);
    });
    const answer = await get(`http://a.test:${origin.port}/1#here`);
    assert.equal(answer.url, `http://a.test:${origin.port}/%E4%B8%AD#here`);
    assert.equal(answer.text, 'arrived');
    assert.deepEqual(
      seen.map((request) => request.headers.host?.slice(0, 6)),
      ['a.test', 'a.test', 'a.test', 'b.test', 'a.test', 'a.test'],
    );
  });

  it('judges every hop: nothing reaches a refused address, whatever the redirect says', async () => {
    await using canary = await startCanary();
    const port = canary.port;
    const hops = [
      `http://127.0.0.1:${port}/`,
      `//127.1:${port}/`,
      `http://canary.test:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
    ]
      .concat([
        `http://localhost:${port}/`,
        `http://2130706433:${port}/`,
        `http://a@127.0.0.1:${port}/`,
        `\\\\127.0.0.1:${port}\\`,
      ])
      .concat([`http://0:${port}/`, `ht\ntp://127.0.0.1:${port}/`.replace('\n', '\t')]);
    const others = ['file:///etc/passwd', 'data:text/html,x', 'ftp://a.test/', 'javascript:1'];
    await using origin = await startOrigin(
      redirecting(Object.fromEntries([...hops, ...others].map((to, i) => [`/${i}`, `302 ${to}`]))),
    );
    for (const i of hops.keys())
      await assert.rejects(
        get(`http://a.test:${origin.port}/${i}`),
        (error) => hasCode(error, 'capture.refusedAddress'),
        hops[i],
      );
    for (const i of others.keys())
      await assert.rejects(get(`http://a.test:${origin.port}/${hops.length + i}`), (error) =>
        hasCode(error, 'capture.refusedScheme'),
      );
    assert.equal(canary.connections, 0);
  });

  it('judges a name anew at each hop and connects to the address that it judged', async () => {
    await using canary = await startCanary();
    let asked = 0;
    const rebinding = createEgressGuard({
      policy: { allow: ['127.0.0.2/32'], never: [] },
      resolver: async () => [asked++ === 0 ? '127.0.0.2' : '127.0.0.1'],
    });
    await using origin = await startOrigin(
      redirecting({ '/': `302 http://rebind.test:${canary.port}/secret` }),
    );
    await assert.rejects(rebinding.fetch(`http://rebind.test:${origin.port}/`), (error) =>
      hasCode(error, 'capture.refusedAddress'),
    );
    assert.equal(asked, 2);
    assert.equal(canary.connections, 0);
  });

  it('gives up after too many redirects', async () => {
    await using origin = await startOrigin(redirecting({ '/': '302 /' }));
    const url = `http://a.test:${origin.port}/`;
    await assert.rejects(get(url, { maxRedirects: 3 }), (error) =>
      hasCode(error, 'capture.tooManyRedirects'),
    );
    assert.equal(origin.connections, 4);
  });

  it('takes a redirect without a target, or with status 304, for the answer', async () => {
    await using origin = await startOrigin((request, response) =>
      response.writeHead(Number(request.url!.slice(1))).end(),
    );
    for (const status of [302, 304, 404, 500])
      assert.equal((await get(`http://a.test:${origin.port}/${status}`)).status, status);
  });

  it('keeps credentials from other origins, and Host from callers', async () => {
    const seen: IncomingMessage[] = [];
    await using origin = await startOrigin((request, response) =>
      redirecting({ '/': `302 http://b.test:${origin.port}/x` }, seen)(request, response),
    );
    const headers = { Authorization: 'Bearer x', COOKIE: 'a=1', 'X-Kept': '1', Host: 'evil.test' };
    await get(`http://a.test:${origin.port}/`, { headers });
    assert.deepEqual(
      seen.map(({ headers }) => [
        headers.host?.slice(0, 6),
        headers.authorization,
        headers.cookie,
        headers['x-kept'],
      ]),
      [
        ['a.test', 'Bearer x', 'a=1', '1'],
        ['b.test', undefined, undefined, '1'],
      ],
    );
  });

  it('gives up when time is over: before the headers, and in the middle of the body', async () => {
    await using origin = await startOrigin(
      (request, response) => void (request.url === '/body' && response.write('half')),
    );
    for (const path of ['never', 'body'])
      await assert.rejects(
        get(`http://a.test:${origin.port}/${path}`, { timeoutMs: 100 }),
        (error) => hasCode(error, 'capture.fetchFailed') && /within 100 ms/.test(error.message),
      );
    const slow = createEgressGuard({
      policy: { allow: [], never: [] },
      resolver: () => new Promise(() => {}),
    });
    await assert.rejects(slow.fetch('http://slow.test/', { timeoutMs: 50 }), /within 50 ms/);
    await until(() => origin.sockets.size === 0);
  });

  it('stops with the reason of its signal, and lets the origin go', async () => {
    await using origin = await startOrigin((_request, response) => void response.write('half'));
    const stop = new AbortController();
    const answer = await guard.fetch(`http://a.test:${origin.port}/`, { signal: stop.signal });
    stop.abort(new Error('no longer wanted'));
    await assert.rejects(collect(answer.body, 1e6), /no longer wanted/);
    const url = `http://a.test:${origin.port}/`;
    await assert.rejects(
      guard.fetch(url, { signal: AbortSignal.abort(new Error('never wanted')) }),
      /never wanted/,
    );
    const early = await guard.fetch(url);
    for await (const _ of early.body) break;
    await until(() => origin.sockets.size === 0);
  });

  it('says why an origin gave no answer', async () => {
    const gone = await startTcp(() => {});
    await gone[Symbol.asyncDispose]();
    await assert.rejects(get(`http://a.test:${gone.port}/`), /ECONNREFUSED/);
    for (const talk of [
      '',
      'nonsense\r\n\r\n',
      'HTTP/1.1 101 x\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ]) {
      await using origin = await startTcp((socket) => socket.once('data', () => socket.end(talk)));
      await assert.rejects(
        get(`http://a.test:${origin.port}/`),
        (error) => hasCode(error, 'capture.fetchFailed'),
        talk,
      );
    }
  });
});
