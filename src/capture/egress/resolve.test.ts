import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasCode } from '../../kernel/index.ts';
import { createEgressGuard } from './guard.ts';
import { refusalOf } from './refusal.ts';
import type { Resolver } from './resolver.ts';
import { resolverOf } from './testing/servers.ts';

const guardOf = (resolver: Resolver, allow: string[] = []) =>
  createEgressGuard({ policy: { allow, never: ['127.0.0.1:8420'] }, resolver });

describe('resolve()', () => {
  it('pins the first address and keeps the others of the same answer', async () => {
    const guard = guardOf(resolverOf({ 'a.test': ['2606:4700::1', '93.184.216.34', '::ffff:1.1.1.1'] }));
    assert.deepEqual(await guard.resolve('A.test.', 8080), {
      host: 'a.test',
      port: 8080,
      address: '2606:4700::1',
      family: 6,
      others: ['93.184.216.34', '1.1.1.1'],
    });
  });

  it('refuses a name when any of its addresses is refused, wherever that stands', async () => {
    const good = '93.184.216.34';
    const mixed = [
      [good, '127.0.0.1'],
      ['10.0.0.1', good],
      [good, good, '::1'],
      [good, 'fe80::1%eth0'],
      [good, '::ffff:a00:1'],
    ];
    for (const addresses of mixed) {
      const guard = guardOf(resolverOf({ 'mixed.test': addresses }));
      await assert.rejects(
        guard.resolve('mixed.test', 80),
        (error) =>
          hasCode(error, 'capture.refusedAddress') && addresses.includes(String(error.details.address)),
      );
    }
  });

  it('judges each answer anew, so that a name that changes is refused', async () => {
    const answers = [['93.184.216.34'], ['127.0.0.1']];
    const guard = guardOf(async () => answers.shift()!);
    assert.equal((await guard.resolve('rebind.test', 80)).address, '93.184.216.34');
    await assert.rejects(guard.resolve('rebind.test', 80), (error) =>
      hasCode(error, 'capture.refusedAddress'),
    );
  });

  it('says why a name has no address', async () => {
    const odd: [Resolver, RegExp][] = [
      [resolverOf({}), /ENOTFOUND/],
      [async () => [], /no address/],
      [async () => ['not an address'], /answered "not an address"/],
      [async () => ['127.1'], /answered "127.1"/],
    ];
    for (const [resolver, detail] of odd)
      await assert.rejects(guardOf(resolver).resolve('a.test', 80), (error) => {
        assert.ok(hasCode(error, 'capture.unresolvable'));
        return detail.test(error.message);
      });
  });

  it('refuses ports of other protocols and numbers that are no port', async () => {
    const guard = guardOf(resolverOf({ 'a.test': ['93.184.216.34'] }), ['0.0.0.0/0']);
    for (const port of [
      0,
      1,
      21,
      22,
      23,
      25,
      53,
      110,
      143,
      445 + 20,
      587,
      993,
      2049,
      6000,
      6667,
      10080,
      65536,
      -1,
      0.5,
      Number.NaN,
    ])
      await assert.rejects(
        guard.resolve('a.test', port),
        (error) => hasCode(error, 'capture.refusedPort'),
        `${port}`,
      );
    for (const port of [80, 443, 8080, 8443, 65535])
      assert.equal((await guard.resolve('a.test', port)).port, port);
  });

  it('never asks a name server for localhost, and picks the loopback address that is allowed', async () => {
    const resolver = resolverOf({ localhost: ['93.184.216.34'], 'x.localhost': ['93.184.216.34'] });
    await assert.rejects(guardOf(resolver).resolve('x.localhost', 80), (error) =>
      hasCode(error, 'capture.refusedAddress'),
    );
    const allowed = { '127.0.0.0/8': '127.0.0.1', '::1': '::1' };
    for (const [range, address] of Object.entries(allowed))
      assert.equal((await guardOf(resolver, [range]).resolve('x.localhost', 80)).address, address);
    await assert.rejects(guardOf(resolver, ['127.0.0.0/8']).resolve('localhost', 8420), /own-service/);
    assert.deepEqual(resolver.asked, []);
  });

  it('keeps the zone of a link-local address that is allowed', async () => {
    const guard = guardOf(resolverOf({ 'a.test': ['fe80::1%eth0'] }), ['fe80::/10']);
    assert.equal((await guard.resolve('a.test', 80)).address, 'fe80::1%eth0');
  });
});

describe('checkUrl()', () => {
  const guard = guardOf(resolverOf({}));

  it('reads http and https as browsers do', () => {
    assert.equal(guard.checkUrl(' HTTP:\\\\EXAMPLE.com:80/a b ').href, 'http://example.com/a%20b');
    assert.equal(guard.checkUrl('https:example.com').href, 'https://example.com/');
  });

  it('refuses every other scheme, however it is spelled', () => {
    const links = [
      'file:///etc/passwd',
      'FILE:/etc/passwd',
      'fi\nle:///etc/passwd',
      '\u0000file:///x',
      ' file:x',
      'chrome://version',
    ]
      .concat([
        'data:text/html,x',
        'javascript:alert(1)',
        'java\tscript:1',
        'view-source:http://a.test/',
        'about:blank',
        'ftp://a.test/',
      ])
      .concat([
        'blob:http://a.test/x',
        'ws://a.test/',
        'gopher://a.test',
        'filesystem:http://a.test/',
        'jar:http://a.test!/',
        'c:\\x',
      ]);
    for (const link of links)
      assert.throws(
        () => guard.checkUrl(link),
        (error) => hasCode(error, 'capture.refusedScheme'),
        JSON.stringify(link),
      );
  });

  it('says of other texts that they are no web address', () => {
    for (const link of [
      '',
      'example.com',
      '//example.com',
      'http://',
      'http://a b/',
      'http://1.2.3.256/',
      'http://[::1',
      'http://a:99999/',
    ])
      assert.throws(
        () => guard.checkUrl(link),
        (error) => hasCode(error, 'capture.badUrl'),
        JSON.stringify(link),
      );
  });
});

it('refusalOf() tells a refusal from any other error', async () => {
  const guard = guardOf(resolverOf({}));
  const of = async (host: string, port = 80) =>
    refusalOf(await guard.resolve(host, port).catch((error: unknown) => error), 'asked');
  assert.deepEqual(await of('10.1'), { target: 'asked', address: '10.0.0.1', reason: 'private' });
  assert.deepEqual(await of('8.8.8.8', 25), { target: 'asked', reason: 'port' });
  assert.deepEqual(await of('nobody.test'), { target: 'asked', reason: 'unresolvable' });
  assert.equal(refusalOf(new Error('x'), 'asked'), undefined);
});
