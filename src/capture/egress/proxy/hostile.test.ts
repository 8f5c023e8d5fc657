import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createEgressGuard } from '../guard.ts';
import { dialProxy, getThrough, sendRaw } from '../testing/proxy-client.ts';
import { resolverOf, startCanary, startOrigin } from '../testing/servers.ts';
import type { EgressProxy } from '../types.ts';

const names = resolverOf({ 'a.test': ['127.0.0.2'] });

describe('the proxy, for hostile requests', () => {
  let canary: Awaited<ReturnType<typeof startCanary>>;
  let origin: Awaited<ReturnType<typeof startOrigin>>;
  let proxy: EgressProxy;
  before(async () => {
    canary = await startCanary();
    origin = await startOrigin((_request, response) => response.end('fine'));
    const policy = { allow: ['127.0.0.2/32'], never: [] };
    proxy = await createEgressGuard({ policy, resolver: names }).openProxy({ maxBytes: 1e9 });
  });
  after(async () => {
    await proxy.close();
    await canary[Symbol.asyncDispose]();
    await origin[Symbol.asyncDispose]();
  });
  /** Nothing arrived, and the proxy still works. */
  const assertUnharmed = async () => {
    assert.equal(canary.connections, 0);
    assert.equal((await getThrough(proxy, `http://a.test:${origin.port}/`)).body, 'fine');
  };

  it('answers garbage with 400 or silence, and lives on', async () => {
    const garbage = [
      '\r\n\r\n\r\nx',
      '\u0000\u0001\u0002',
      '\u0016\u0003\u0001\u0002\u0000\u0001',
      'GET',
      'GET \r\n\r\n',
      'HELO x\r\n\r\n',
    ]
      .concat([
        'GET http://a.test/ HTTP/9.9\r\n\r\n',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        'GET http://a.test/ HTTP/1.1\r\nA\r\n\r\n',
      ])
      .concat([
        'GET http://a.test/ HTTP/1.1\r\n : x\r\n\r\n',
        'GET http://a.test/ HTTP/1.1\r\nA: \u0000\r\n\r\n',
        'CONNECT HTTP/1.1\r\n\r\n',
      ])
      .concat([
        `GET http://a.test/${'x'.repeat(200_000)} HTTP/1.1\r\n\r\n`,
        `GET http://a.test/ HTTP/1.1\r\nA: ${'x'.repeat(200_000)}\r\n\r\n`,
      ])
      .concat([
        'CONNECT a.test HTTP/1.1\r\nHost: x\r\n\r\n',
        'CONNECT :80 HTTP/1.1\r\nHost: x\r\n\r\n',
        'CONNECT / HTTP/1.1\r\nHost: x\r\n\r\n',
      ])
      .concat([
        `CONNECT http://a.test:${origin.port}/ HTTP/1.1\r\nHost: x\r\n\r\n`,
        'CONNECT a.test:+80 HTTP/1.1\r\nHost: x\r\n\r\n',
      ])
      .concat([
        'CONNECT a@127.0.0.1:80 HTTP/1.1\r\nHost: x\r\n\r\n',
        'GET http:/// HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      ]);
    for (const text of garbage) {
      const socket = dialProxy(proxy);
      const parts: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => parts.push(chunk));
      socket.end(Buffer.from(text, 'latin1'));
      await new Promise((resolve) => socket.once('close', resolve));
      assert.match(
        Buffer.concat(parts).toString('latin1'),
        /^$|^HTTP\/1\.1 (?:400|403|431|502) /,
        JSON.stringify(text.slice(0, 60)),
      );
    }
    await assertUnharmed();
  });

  it('refuses requests whose end is doubtful', async () => {
    const to = `POST http://a.test:${origin.port}/ HTTP/1.1\r\nHost: a.test\r\n`;
    const smuggled = `GET http://127.0.0.1:${canary.port}/smuggled HTTP/1.1\r\nHost: x\r\n\r\n`;
    const before = origin.connections;
    const doubtful = [
      'Content-Length: 4\r\nTransfer-Encoding: chunked',
      'Transfer-Encoding: chunked\r\nContent-Length: 4',
    ]
      .concat([
        'Content-Length: 4\r\nContent-Length: 5',
        'Content-Length: 4\r\nContent-Length: 4',
        'Content-Length: 4, 4',
        'Content-Length: +4',
      ])
      .concat([
        'Content-Length: 0x4',
        'Content-Length: -1',
        'Transfer-Encoding: xchunked',
        'Transfer-Encoding: chunked, identity',
      ])
      .concat([
        'Transfer-Encoding: identity',
        'Transfer-Encoding : chunked',
        'Transfer-Encoding: chunked\r\nTransfer-Encoding: x',
      ])
      .concat([
        'Transfer-Encoding:\u000bchunked',
        ' Transfer-Encoding: chunked',
        'X: y\nTransfer-Encoding: chunked\r\nContent-Length: 4',
      ]);
    for (const header of doubtful) {
      const answer = await sendRaw(proxy, `${to}${header}\r\n\r\n0\r\n\r\n${smuggled}`);
      assert.match(answer, /^HTTP\/1\.1 400 /, header);
      assert.ok(!answer.includes('secret'));
    }
    const old = await sendRaw(
      proxy,
      `${to.replace('1.1\r', '1.0\r')}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    );
    assert.match(old, /^HTTP\/1\.1 400 /);
    assert.equal(origin.connections, before);
    await assertUnharmed();
  });

  it('judges each request of a connection, pipelined ones too', async () => {
    const get = (host: string, port: number, more = '') =>
      `GET http://${host}:${port}/ HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;
    const text = get('a.test', origin.port) + get('127.0.0.1', canary.port, 'Connection: close\r\n');
    const answer = await sendRaw(proxy, text);
    assert.match(answer, /^HTTP\/1\.1 200 OK[\s\S]*fine[\s\S]*HTTP\/1\.1 403 Forbidden/);
    await assertUnharmed();
  });

  it('refuses an upgrade outside a tunnel', async () => {
    const before = origin.connections;
    for (const upgrade of ['websocket', 'h2c', 'TLS/1.0']) {
      const head = `GET http://a.test:${origin.port}/ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\n\r\n`;
      assert.match(await sendRaw(proxy, head), /^HTTP\/1\.1 400 /);
    }
    assert.equal(origin.connections, before);
  });
});
