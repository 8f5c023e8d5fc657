import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { startCanary, startOrigin } from '../../src/capture/egress/testing/servers.ts';
import { newHoldfast } from '../support/holdfast.ts';
import { baitFor } from './support/bait.ts';
import { capture, type LinkView, reasonsOf } from './support/outcomes.ts';
import { type Server, startServer } from './support/server.ts';

describe('the running program reaches nothing that it is not allowed to', { timeout: 280_000 }, () => {
  const holdfast = newHoldfast();
  // Open to nobody: loopback is allowed at one address alone, and this is another.
  let canary: Awaited<ReturnType<typeof startCanary>>;
  let site: Awaited<ReturnType<typeof startOrigin>>;
  let server: Server;
  let origin: string;
  let bait: RequestListener;
  const udp = createSocket('udp4');
  let datagrams = 0;

  before(async () => {
    udp.on('message', () => datagrams++).bind(0, '127.0.0.1');
    await once(udp, 'listening');
    canary = await startCanary('127.0.0.2');
    site = await startOrigin((...exchange) => bait(...exchange), '127.0.0.1');
    origin = `http://127.0.0.1:${site.port}`;
    server = await startServer(holdfast, { HOLDFAST_EGRESS_ALLOW: '127.0.0.1/32' });
    bait = baitFor({ forbidden: `127.0.0.2:${canary.port}`, stunPort: udp.address().port, server });
  });
  after(async () => {
    udp.close();
    await canary?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
  });

  const isRefused = (link: LinkView) => {
    assert.equal(link.snapshot?.verdict ?? link.job?.state, 'failed', link.url);
    assert.match(reasonsOf(link).join(), /refused/i, `${link.url}: ${reasonsOf(link)}`);
    assert.ok(link.snapshot === null || link.snapshot.formats.length === 0, link.url);
  };

  test('an address that is not allowed is refused in every spelling, and no connection is made', async () => {
    const hosts = `127.0.0.2 127.2 2130706434 0x7f000002 0x7f.0.0.2 0177.0.0.2 127.0.0.2. 127。0。0。2 １２７.０.０.２
      [::ffff:127.0.0.2] [::ffff:7f00:2] [64:ff9b::7f00:2] [2002:7f00:2::] [::1] [::] 0 0.0.0.0
      10.0.0.1 172.16.0.1 192.168.1.1 100.64.0.1 100.127.255.254 169.254.169.254 [fd00:ec2::254] [fe80::1] [fc00::1] 224.0.0.1`;
    for (const link of await capture(
      server,
      hosts.split(/\s+/).map((host) => `http://${host}:${canary.port}/secret`),
    ))
      isRefused(link);
    assert.equal(canary.connections, 0);
  });

  test('a redirect to such an address is refused, by HTTP, by a page and by a script', async () => {
    const target = `http://127.0.0.2:${canary.port}/secret`;
    const mapped = `http://[::ffff:127.0.0.2]:${canary.port}/secret`;
    const ways = ['redirect', 'moved', 'hop', 'refresh', 'script'];
    const links = await capture(
      server,
      ways.flatMap((way) => [target, mapped].map((one) => `${origin}/${way}?${encodeURIComponent(one)}`)),
    );
    for (const link of links) assert.notEqual(link.snapshot?.verdict, 'good', link.url);
    for (const link of links.slice(0, 6)) isRefused(link);
    assert.equal(canary.connections, 0);
  });

  test('a page that tries every way of a browser has none, and the refusals are told', async () => {
    const links = await capture(server, [`${origin}/ways`, `${origin}/everything`]);
    assert.deepEqual([canary.connections, datagrams], [0, 0]);
    for (const { snapshot, url } of links) {
      assert.ok(snapshot?.formats.includes('html'), url);
      const { missing } = await server.json<{ missing: { url: string; reason: string }[] }>(
        `/api/snapshots/${snapshot!.id}/resources`,
      );
      const refused = missing.filter((one) => one.url.includes('127.0.0.2'));
      assert.ok(refused.length >= 5, JSON.stringify(missing));
      for (const { reason } of refused) assert.doesNotMatch(reason, /^status 2/);
    }
  });

  test('a file of this machine is no link in any spelling, and no page and no redirect leads to one', async () => {
    const spellings =
      `file:///etc/passwd FILE:///etc/passwd file:/etc/passwd file:etc/passwd file://localhost/etc/passwd
      file:\\\\\\etc\\passwd view-source:file:///etc/passwd view-source:http://127.0.0.1/ jar:file:///etc/passwd!/
      filesystem:file:///etc/passwd blob:file:///etc/passwd chrome://version about:blank javascript:alert(1)
      data:text/html,<h1>x</h1> ftp://127.0.0.1/ gopher://127.0.0.1/`.split(/\s+/);
    const odd = [
      ' file:///etc/passwd',
      '\tfile:///etc/passwd',
      'fi\nle:///etc/passwd',
      '\u200bfile:///etc/passwd',
      '<file:///etc/passwd>',
    ];
    const before = (await server.json<{ total: number }>('/api/links')).total;
    for (const url of [...spellings, ...odd]) {
      const answer = await server.call('/api/links', { json: { links: [{ url }] } });
      assert.equal(answer.status, 422, `${url}: ${await answer.text()}`);
    }
    assert.equal((await server.json<{ total: number }>('/api/links')).total, before);
    const [page, ...redirected] = await capture(server, [
      `${origin}/files`,
      ...['redirect', 'moved', 'refresh', 'script'].map(
        (way) => `${origin}/${way}?${encodeURIComponent('file:///etc/passwd')}`,
      ),
    ]);
    for (const link of redirected) assert.notEqual(link.snapshot?.verdict, 'good', link.url);
    for (const { snapshot } of [page!, ...redirected])
      for (const format of snapshot?.formats.filter((one) => ['html', 'text', 'wacz'].includes(one)) ?? []) {
        const bytes = Buffer.from(
          await (await server.call(`/api/snapshots/${snapshot!.id}/as/${format}`)).arrayBuffer(),
        );
        assert.ok(!bytes.includes('root:x:'), `${page!.url} as ${format}`);
      }
    assert.ok(page!.snapshot?.formats.includes('html'));
  });

  test('Holdfast itself cannot be captured, nor be changed by a page that it captures', async () => {
    const own = [
      `${server.origin}/`,
      `${server.origin}/api/links`,
      `${server.replayOrigin}/`,
      server.origin.replace('127.0.0.1', '[::ffff:127.0.0.1]'),
      server.origin.replace('127.0.0.1', 'localhost'),
    ];
    for (const link of await capture(server, own)) isRefused(link);
    const before = (await server.json<{ total: number }>('/api/links')).total;
    const [page] = await capture(server, [
      `${origin}/own-api`,
      ...own.map((url) => `${origin}/redirect?${encodeURIComponent(url)}`),
    ]);
    assert.ok(page!.snapshot?.formats.includes('html'));
    const text = await (await server.call(`/api/snapshots/${page!.snapshot!.id}/as/html`)).text();
    assert.ok(!text.includes('nextCursor'));
    assert.equal((await server.json<{ total: number }>('/api/links')).total, before + 1 + own.length);
    assert.equal((await server.json<{ total: number }>('/api/links?q=planted')).total, 0);
  });
});
