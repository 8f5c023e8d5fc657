import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hasCode } from '../../kernel/index.ts';
import { createEgressGuard } from './guard.ts';
import { createJudge } from './judge.ts';
import { resolverOf } from './testing/servers.ts';
import { reached, refused } from './testing/spellings.ts';

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
