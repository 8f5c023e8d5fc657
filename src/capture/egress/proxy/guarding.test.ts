import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createEgressGuard } from '../guard.ts';
import { getThrough, sendRaw, tunnel } from '../testing/proxy-client.ts';
import { resolverOf, startCanary, startOrigin } from '../testing/servers.ts';
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
});
