import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HoldfastError, hasCode } from '../../kernel/index.ts';
import { createEgressGuard } from './guard.ts';
import { parseCidrList } from './policy.ts';

describe('parseCidrList()', () => {
  it('reads ranges and single addresses of both families, by commas or spaces', () => {
    assert.deepEqual(parseCidrList(''), []);
    assert.deepEqual(parseCidrList(' ,\n'), []);
    assert.deepEqual(parseCidrList('10.0.0.0/8, 192.168.7.20 fd00::/8,::1,0.0.0.0/0,::/0'), [
      '10.0.0.0/8',
      '192.168.7.20/32',
      'fd00::/8',
      '::1/128',
      '0.0.0.0/0',
      '::/0',
    ]);
  });

  it('takes a mapped range for the IPv4 range that it is', () => {
    assert.deepEqual(parseCidrList('::ffff:10.0.0.0/104'), ['10.0.0.0/8']);
  });

  it('names the bad item and what may stand there', () => {
    const bad = [
      '10.0.0.0/33',
      'fd00::/129',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '10.0.0/8',
      '0x0a.0.0.0/8',
      '010.0.0.0/8',
      'intranet',
    ].concat([
      'fe80::1%eth0',
      '10.0.0.0/-1',
      '10.0.0.0/08',
      '*',
      '10.0.0.0-10.0.0.9',
      '/8',
      '10.0.0.0/8.0',
      '1/0x8',
    ]);
    for (const item of bad)
      assert.throws(
        () => parseCidrList(`192.168.0.0/16,${item},::1`),
        (error) => hasCode(error, 'capture.badRange') && error.details.item === item,
        item,
      );
  });

  it('asks which one is meant where an address inside a network is given', () => {
    for (const [item, better] of [
      ['10.1.2.3/8', '10.0.0.0/8 or 10.1.2.3'],
      ['192.168.1.129/25', '192.168.1.128/25 or 192.168.1.129'],
      ['fd00::1/8', 'fd00::/8 or fd00::1'],
    ])
      assert.throws(
        () => parseCidrList(item!),
        (error) => error instanceof HoldfastError && error.hint === `Write ${better}`,
      );
  });
});

describe('createEgressGuard()', () => {
  it('refuses a policy that it cannot read, naming the item', () => {
    const open = (allow: string[], never: string[]) => () => createEgressGuard({ policy: { allow, never } });
    assert.throws(open(['10.0.0.0/99'], []), (error) => hasCode(error, 'capture.badRange'));
    for (const item of [
      '127.0.0.1',
      'example.com:80',
      '127.0.0.1:99999',
      ':80',
      '127.0.0.1:',
      'http://127.0.0.1:80',
    ])
      assert.throws(
        open([], [item]),
        (error) => hasCode(error, 'capture.badOwnService') && error.details.item === item,
        item,
      );
  });
});
