import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createEgressGuard } from '../guard.ts';
import { dialProxy, getThrough, openThrough, sendRaw, tunnel } from '../testing/proxy-client.ts';
import { resolverOf, startCanary, startOrigin, startTcp, until } from '../testing/servers.ts';
import type { EgressProxy } from '../types.ts';

const names = resolverOf({
  'a.test': ['127.0.0.2'],
  'canary.test': ['127.0.0.1'],
  'mixed.test': ['127.0.0.2', '127.0.0.1'],
});

describe('the proxy', () => {
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

  const hosts = [
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '2130706433',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    'localhost',
    'x.localhost',
  ].concat([
    'canary.test',
    'CANARY.test.',
    'mixed.test',
    '0.0.0.0',
    '[::]',
    '[::1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
  ]);

  it('refuses what may not be reached, in absolute form and by CONNECT, and says why', async () => {
    const known = proxy.refusals.length;
    for (const host of hosts) {
      const url = `http://${host}:${canary.port}/secret`;
      const raw = await sendRaw(proxy, `GET ${url} HTTP/1.1\r\nHost: x\r\n\r\n`);
      assert.match(raw, /^HTTP\/1\.1 403 Forbidden\r\n/, host);
      assert.match(raw, /^X-Holdfast-Refusal: (?:loopback|unspecified)\r$/m, host);
      const { socket, head } = await tunnel(proxy, `${host}:${canary.port}`);
      socket.destroy();
      assert.match(head, /^HTTP\/1\.1 403 Forbidden\r\n/, host);
    }
    assert.equal(proxy.refusals.length, known + hosts.length * 2);
    const [byUrl, byName] = proxy.refusals.slice(known);
    assert.deepEqual(byUrl, {
      target: `http://127.0.0.1:${canary.port}/secret`,
      address: '127.0.0.1',
      reason: 'loopback',
    });
    assert.deepEqual(byName, {
      target: `127.0.0.1:${canary.port}`,
      address: '127.0.0.1',
      reason: 'loopback',
    });
    await assertUnharmed();
  });

  it('refuses ports and schemes that a browser has no business with, and names that do not exist', async () => {
    const expected: [string, RegExp, string][] = [
      ['CONNECT a.test:25', /^HTTP\/1\.1 403/, 'port'],
      ['CONNECT a.test:22', /^HTTP\/1\.1 403/, 'port'],
      ['CONNECT a.test:0', /^HTTP\/1\.1 403/, 'port'],
      ['CONNECT a.test:99999', /^HTTP\/1\.1 403/, 'port'],
      ['GET http://a.test:6667/', /^HTTP\/1\.1 403/, 'port'],
      [`GET https://a.test:${origin.port}/`, /^HTTP\/1\.1 403/, 'scheme'],
      ['GET ftp://a.test/', /^HTTP\/1\.1 403/, 'scheme'],
      ['GET file:///etc/passwd', /^HTTP\/1\.1 403/, 'scheme'],
      ['GET http://nobody.test/', /^HTTP\/1\.1 502/, 'unresolvable'],
      ['CONNECT nobody.test:443', /^HTTP\/1\.1 502/, 'unresolvable'],
    ];
    for (const [line, status, reason] of expected) {
      const known = proxy.refusals.length;
      const answer = await sendRaw(proxy, `${line} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n`);
      assert.match(answer, status, line);
      assert.equal(proxy.refusals[known]?.reason, reason, line);
    }
    await assertUnharmed();
  });

  it('refuses to speak to whoever addresses it directly', async () => {
    for (const line of [
      'GET / HTTP/1.1',
      'POST /json/new HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'GET //a.test/ HTTP/1.1',
      'GET a.test HTTP/1.1',
    ])
      assert.match(
        await sendRaw(proxy, `${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
        /^HTTP\/1\.1 400 /,
        line,
      );
    await assertUnharmed();
  });

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

  it('is itself out of reach, and so are our own services', async () => {
    const policy = { allow: ['127.0.0.0/8', '0.0.0.0/8'], never: [`127.0.0.1:${canary.port}`] };
    const guard = createEgressGuard({ policy, resolver: names });
    const [open, other] = [
      await guard.openProxy({ maxBytes: 1e6 }),
      await guard.openProxy({ maxBytes: 1e6 }),
    ];
    const own = [canary.port, ...[open, other].map(({ address }) => Number(new URL(address).port))];
    try {
      for (const host of ['127.0.0.1', '0.0.0.0', '[::ffff:127.0.0.1]', 'localhost', 'canary.test'])
        for (const port of own) {
          const raw = await sendRaw(open, `GET http://${host}:${port}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
          assert.match(raw, /^X-Holdfast-Refusal: own-service\r$/m, host);
        }
      assert.ok(open.refusals.every((refusal) => refusal.reason === 'own-service'));
    } finally {
      await open.close();
      await other.close();
    }
    await assertUnharmed();
  });

  it('keeps to the first answer for a name, and asks once', async () => {
    const answers = [['127.0.0.2'], ['127.0.0.1'], ['127.0.0.1']];
    let asked = 0;
    const policy = { allow: ['127.0.0.2/32'], never: [] };
    const resolver = async () => answers[asked++]!;
    const rebound = await createEgressGuard({ policy, resolver }).openProxy({ maxBytes: 1e6 });
    try {
      for (let i = 0; i < 3; i++)
        assert.equal((await getThrough(rebound, `http://rebind.test:${origin.port}/`)).body, 'fine');
      const { socket, head } = await tunnel(rebound, `rebind.test:${origin.port}`);
      socket.destroy();
      assert.match(head, / 200 /);
      assert.equal(asked, 1);
    } finally {
      await rebound.close();
    }
    await assertUnharmed();
  });

  it('asks again for a name that failed, after a while', async () => {
    let nowMs = 0;
    let asked = 0;
    const resolver = async () => {
      asked += 1;
      if (asked === 1) throw new Error('SERVFAIL');
      return ['127.0.0.2'];
    };
    const policy = { allow: ['127.0.0.2/32'], never: [] };
    const guard = createEgressGuard({ policy, resolver, clock: { now: () => nowMs } });
    const proxy = await guard.openProxy({ maxBytes: 1e6 });
    try {
      const status = async () => (await getThrough(proxy, `http://late.test:${origin.port}/`)).status;
      assert.deepEqual([await status(), await status(), asked], [502, 502, 1]);
      nowMs = 10_001;
      assert.deepEqual([await status(), asked], [200, 2]);
    } finally {
      await proxy.close();
    }
  });

  it('cuts everything once the bytes are used up', async () => {
    const open = () =>
      createEgressGuard({ policy: { allow: ['127.0.0.2/32'], never: [] }, resolver: names }).openProxy({
        maxBytes: 5_000_000,
      });
    const block = Buffer.alloc(100_000);
    await using endless = await startOrigin((_request, response) => {
      const more = () => {
        while (!response.destroyed) if (!response.write(block)) return void response.once('drain', more);
      };
      more();
    });
    await using stream = await startTcp((socket) => {
      const more = () => {
        while (!socket.destroyed) if (!socket.write(block)) return void socket.once('drain', more);
      };
      more();
    });
    for (const form of ['absolute', 'tunnel']) {
      const capped = await open();
      try {
        const idle = dialProxy(capped);
        const idleClosed = new Promise((resolve) => idle.once('close', resolve));
        const body =
          form === 'absolute'
            ? await openThrough(capped, `http://a.test:${endless.port}/`)
            : (await tunnel(capped, `a.test:${stream.port}`)).socket;
        let received = 0;
        body
          .on('error', () => {})
          .on('data', (chunk: Buffer) => {
            received += chunk.length;
          });
        body.resume();
        await new Promise((resolve) => body.once('close', resolve));
        await idleClosed;
        assert.equal(capped.capped, true);
        assert.ok(received <= 5_000_000, `${received} bytes got through`);
        assert.ok(capped.receivedBytes > 5_000_000 && capped.receivedBytes < 6_000_000);
        await until(() => endless.sockets.size === 0 && stream.sockets.size === 0);
        await assert.rejects(getThrough(capped, `http://a.test:${origin.port}/`));
      } finally {
        await capped.close();
      }
    }
  });

  it('cuts every connection when it closes, waiting ones too', async () => {
    await using silent = await startTcp((socket) => void socket.resume());
    const policy = { allow: ['127.0.0.2/32'], never: [] };
    const proxy = await createEgressGuard({ policy, resolver: names }).openProxy({
      maxBytes: 1e6,
      maxConnections: 2,
    });
    const { socket } = await tunnel(proxy, `a.test:${silent.port}`);
    const cut = new Promise((resolve) => socket.resume().once('close', resolve));
    const waiting = [1, 2, 3].map(() => assert.rejects(openThrough(proxy, `http://a.test:${silent.port}/`)));
    await until(() => silent.sockets.size === 2);
    await proxy.close();
    await Promise.all([cut, ...waiting]);
    await until(() => silent.sockets.size === 0);
    await assert.rejects(getThrough(proxy, `http://a.test:${origin.port}/`));
  });

  it('keeps at most a thousand refusals', async () => {
    const proxy = await createEgressGuard({ policy: { allow: [], never: [] } }).openProxy({ maxBytes: 1e6 });
    try {
      const one = 'GET http://10.0.0.1/ HTTP/1.1\r\nHost: x\r\n\r\n';
      for (let i = 0; i < 1010; i++) await sendRaw(proxy, one);
      assert.equal(proxy.refusals.length, 1000);
    } finally {
      await proxy.close();
    }
  });
});
