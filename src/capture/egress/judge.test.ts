import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hasCode } from '../../kernel/index.ts';
import { createEgressGuard } from './guard.ts';
import { createJudge } from './judge.ts';
import { resolverOf } from './testing/servers.ts';
import type { RefusalReason } from './types.ts';

const refused: Record<Exclude<RefusalReason, 'own-service' | 'scheme' | 'port'>, readonly string[]> = {
  loopback: [
    // The range, and its ends.
    '127.0.0.1',
    '127.0.0.0',
    '127.255.255.255',
    '127.1.2.3',
    '::1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '0000::0001',
    // Every way to write four bytes.
    '127.1',
    '127.0.1',
    '127.0.0.1.',
    '0x7f.1',
    '0x7f.0.0.1',
    '0x7f000001',
    '0X7F000001',
    '0x7F.0x0.0x0.0x1',
    '2130706433',
    '2130706433.',
    '017700000001',
    '0177.0.0.1',
    '0177.1',
    '127.0.0.01',
    '0177.0.0.01',
    '127.0x1',
    '00000177.0.0.1',
    '0x00000007f.0.0.1',
    '127.000.000.001',
    '%31%32%37.0.0.1',
    '127%2e0%2e0%2e1',
    '127.0.0.%31',
    // What Unicode maps to digits and dots.
    '１２７.０.０.１',
    '127。0。0。1',
    '127．0．0．1',
    '127｡0｡0｡1',
    '①②⑦.⓪.⓪.①',
    '𝟏𝟐𝟕.𝟎.𝟎.𝟏',
    '𝟘x7f.1',
    '0ｘ7f.1',
    '127.0.0\u00ad.1',
    // Names that are loopback by themselves.
    'localhost',
    'LOCALHOST',
    'LocalHost.',
    'a.localhost',
    'a.b.localhost.',
    'ｌｏｃａｌｈｏｓｔ',
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
    'local\u00adhost',
    '%6cocalhost',
    // IPv4 inside IPv6: mapped, compatible, translated, NAT64, 6to4, Teredo (server, client), ISATAP.
    '::ffff:127.0.0.1',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:7f00:0001]',
    '::FFFF:127.0.0.1',
    '::127.0.0.1',
    '[::7f00:1]',
    '::ffff:0:127.0.0.1',
    '64:ff9b::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '64:ff9b:1:abcd::127.0.0.1',
    '2002:7f00:1::',
    '2002:7f00:0001:ffff::1',
    '2001:0:7f00:1::',
    '2001::8080:8080:0:0:80ff:fffe',
    '2606:4700::5efe:127.0.0.1',
    '2606:4700::200:5efe:7f00:1',
    '2606:4700:0:0:100:5efe:127.0.0.1',
    '::1%lo',
    '::1%25lo',
  ],
  private: [
    '10.0.0.0',
    '10.255.255.255',
    '10.1',
    '0xa.1',
    '012.0.0.1',
    '167772161',
    '172.16.0.0',
    '172.31.255.255',
    '172.16.1',
    '192.168.0.0',
    '192.168.255.255',
    '192.168.1',
    '0300.0250.0.1',
    '3232235521',
    'fc00::',
    'fd00::1',
    'fdff:ffff::1',
    '[FC00::1]',
    'fec0::1',
    'feff::1',
    '::ffff:10.0.0.1',
    '::ffff:c0a8:101',
    '64:ff9b::10.0.0.1',
    '2002:a00:1::',
    '2002:c0a8:101::1',
    '2001:0:a00:1::',
    '2001:db9::5efe:10.0.0.1',
    '2a00::200:5efe:192.168.0.1',
    '::192.168.0.1',
  ],
  'link-local': [
    '169.254.0.0',
    '169.254.1.1',
    '169.254.255.255',
    '0xa9fe0101',
    'fe80::1',
    'febf::1',
    '[fe80::1]',
    'fe80::1%eth0',
    'fe80::1%25eth0',
    '::ffff:169.254.1.1',
    '2002:a9fe:101::',
    'fe80::5efe:8.8.8.8',
  ],
  'carrier-grade-nat': [
    '100.64.0.0',
    '100.64.0.1',
    '100.127.255.255',
    '100.100.1.1',
    '0x64400001',
    '::ffff:100.64.0.1',
    '64:ff9b::6440:1',
    '2002:6440:1::',
  ],
  metadata: [
    '169.254.169.254',
    '169.254.169.254.',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
    '169.254.43518',
    '[::ffff:169.254.169.254]',
    '[::ffff:a9fe:a9fe]',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::',
    '169.254.170.2',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    'fd00:ec2::254',
    '[fd00:0ec2::254]',
    'fd20:ce::254',
    '１６９。２５４。１６９。２５４',
    '::169.254.169.254',
  ],
  unspecified: [
    '0.0.0.0',
    '0',
    '0x0',
    '00',
    '0.0',
    '0.0.0.1',
    '0.255.255.255',
    '::',
    '[::]',
    '[0::0]',
    '::ffff:0.0.0.0',
    '64:ff9b::',
    '2002::',
    '::2',
  ],
  multicast: [
    '224.0.0.1',
    '239.255.255.255',
    '0xe0000001',
    'ff02::1',
    'ff00::',
    '[ff0e::1]',
    '::ffff:224.0.0.1',
  ],
  reserved: [
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.9',
    '240.0.0.1',
    '255.255.255.255',
    '0xffffffff',
    '4294967295',
    '2001:db8::1',
    '3fff::1',
    '100::1',
    '5f00::1',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '4000::1',
    '64:ff9b:1::808:808',
    '64:ff9b:2::1',
    '::8.8.8.8',
    '::ffff:0:8.8.8.8',
    '::ffff:255.255.255.255',
    '2001::808:808:0:0:f7f7:f7f7',
    '200::1',
    'e000::1',
    '1::1',
  ],
  unresolvable: [
    '',
    ' ',
    '.',
    '..',
    '127.0.0.1 ',
    ' 127.0.0.1',
    '127.0.0.1:80',
    '127.0.0.1/',
    '127.0.0.1#',
    'a@127.0.0.1',
    '\\127.0.0.1',
    '127.0.0.1?',
    '127.0.0.256',
    '1.2.3.4.5',
    '0x100000000',
    '4294967296',
    '09.1.1.1',
    '1.1.1.0x1ffff',
    '[::1',
    '::1]',
    '[::1]:80',
    '[127.0.0.1]',
    '[v1.a]',
    'a b',
    'a\tb',
    'a\nb',
    'a\u0000b',
    '%00',
    'a%2fb',
    'a<b',
    'a^b',
    'a|b',
    'nobody.test',
    `${'a'.repeat(260)}.test`,
    ':::',
    '1::2::3',
    'gggg::1',
  ],
};

const reached: Readonly<Record<string, string>> = {
  '8.8.8.8': '8.8.8.8',
  '0x08080808': '8.8.8.8',
  '１.１.１.１': '1.1.1.1',
  '1.1': '1.0.0.1',
  '9.255.255.255': '9.255.255.255',
  '11.0.0.0': '11.0.0.0',
  '100.63.255.255': '100.63.255.255',
  '100.128.0.0': '100.128.0.0',
  '126.255.255.255': '126.255.255.255',
  '128.0.0.0': '128.0.0.0',
  '169.253.255.255': '169.253.255.255',
  '169.255.0.0': '169.255.0.0',
  '172.15.255.255': '172.15.255.255',
  '172.32.0.0': '172.32.0.0',
  '192.167.255.255': '192.167.255.255',
  '192.169.0.0': '192.169.0.0',
  '223.255.255.255': '223.255.255.255',
  '2606:4700:4700::1111': '2606:4700:4700::1111',
  '[2A00:1450::1]': '2a00:1450::1',
  '::ffff:8.8.8.8': '8.8.8.8',
  '64:ff9b::808:808': '64:ff9b::808:808',
  '2002:808:808::1': '2002:808:808::1',
  '2a00::5efe:8.8.8.8': '2a00::5efe:808:808',
};

describe('the guard', () => {
  const guard = createEgressGuard({ policy: { allow: [], never: [] }, resolver: resolverOf({}) });
  for (const [reason, hosts] of Object.entries(refused)) {
    it(`refuses ${hosts.length} spellings as ${reason}`, async () => {
      for (const host of hosts) {
        const isRight = (error: unknown) =>
          reason === 'unresolvable'
            ? hasCode(error, 'capture.unresolvable')
            : hasCode(error, 'capture.refusedAddress') && error.details.reason === reason;
        await assert.rejects(
          guard.resolve(host, 80),
          isRight,
          `${JSON.stringify(host)} is not refused as ${reason}`,
        );
      }
    });
  }

  it('pins public addresses in every spelling', async () => {
    for (const [host, address] of Object.entries(reached)) {
      const target = await guard.resolve(host, 443);
      assert.equal(target.address, address, host);
      assert.equal(target.family, address.includes(':') ? 6 : 4);
    }
  });

  it('judges an IPv4 address alike in every form that carries it', () => {
    const judge = createJudge({ allow: [], never: [] });
    const byte = fc.nat(255);
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte, byte), ([a, b, c, d]) => {
        const plain = judge.judge(`${a}.${b}.${c}.${d}`, 80);
        const [high, low] = [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
        assert.equal(judge.judge(`::ffff:${high}:${low}`, 80), plain);
        for (const form of [`64:ff9b::${high}:${low}`, `2002:${high}:${low}::1`, `2a00::5efe:${high}:${low}`])
          assert.equal(judge.judge(form, 80), plain, form);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the operator', () => {
  const judge = createJudge({
    allow: [
      '10.0.0.0/8',
      '127.0.0.0/8',
      '0.0.0.0/8',
      '::1/128',
      'fd00::/8',
      '169.254.169.254/32',
      '64:ff9b:1::/48',
    ],
    never: ['127.0.0.1:8420', '0.0.0.0:8421', '[::]:8422', 'localhost:8423', '10.0.0.9:80'],
  });

  it('opens the ranges that the configuration names, in mapped forms too, and no others', () => {
    for (const address of [
      '10.1.2.3',
      '::ffff:10.1.2.3',
      '127.0.0.1',
      '::1',
      'fd12::1',
      '169.254.169.254',
      '2002:a01:203::',
    ])
      assert.equal(judge.judge(address, 80), undefined, address);
    assert.equal(judge.judge('64:ff9b:1::a00:1', 80), undefined);
    assert.equal(judge.judge('192.168.0.1', 80), 'private');
    assert.equal(judge.judge('fe80::1', 80), 'link-local');
    assert.equal(judge.judge('169.254.169.253', 80), 'metadata');
  });

  it('never opens our own services, whatever is allowed and however they are addressed', () => {
    const forms = [
      '127.0.0.1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b:1::7f00:1',
      '2002:7f00:1::',
      '0.0.0.0',
      '::',
    ];
    for (const address of forms) assert.equal(judge.judge(address, 8420), 'own-service', address);
    assert.equal(judge.judge('127.0.0.1', 8419), undefined);
    assert.equal(judge.judge('127.0.0.2', 8420), undefined);
    assert.equal(judge.judge('10.0.0.9', 80), 'own-service');
  });

  it('takes a listener on every address for one on each local address', () => {
    for (const port of [8421, 8422])
      for (const address of [
        '127.0.0.1',
        '127.9.9.9',
        '::1',
        '0.0.0.0',
        '::',
        '::ffff:127.0.0.1',
        '::ffff:127.3.2.1',
      ])
        assert.equal(judge.judge(address, port), 'own-service', address);
    assert.equal(judge.judge('10.7.7.7', 8421), undefined);
    for (const address of ['127.0.0.1', '::1']) assert.equal(judge.judge(address, 8423), 'own-service');
  });

  it('may protect what opens later, for as long as it is open', () => {
    const stop = judge.protect('127.0.0.1', 5000);
    assert.equal(judge.judge('127.0.0.1', 5000), 'own-service');
    stop();
    assert.equal(judge.judge('127.0.0.1', 5000), undefined);
  });
});
