import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hasCode } from '../../../kernel/index.ts';
import { referenceZone, reverseZone } from '../testing/reference-zones.ts';
import type { RecordInput, ZoneInput } from '../types.ts';
import { rcodes, types } from '../wire/codes.ts';
import { foldCase, textOf, wireOf } from '../wire/name.ts';
import { lookUp, zoneFor } from './look-up.ts';
import { parseZones } from './parse-zones.ts';

const zones = parseZones([referenceZone, reverseZone]);

function ask(name: string, type: number = types.A) {
  const wire = wireOf(`${name}.openshift4.example.com`)!;
  const key = foldCase(wire);
  const found = lookUp(zones, zoneFor(zones, key)!, { name: wire, key, type, class: 1 });
  const owners = (sets: typeof found.answer) => sets.map((it) => `${textOf(it.owner)} ${it.rdatas.length}`);
  return { ...found, answer: owners(found.answer), additional: owners(found.additional) };
}

describe('lookUp()', () => {
  test('answers a wildcard for names at any depth below it, in the case that was asked', () => {
    assert.deepEqual(ask('Console.apps').answer, ['Console.apps.openshift4.example.com 1']);
    assert.deepEqual(ask('a.b.apps').answer, ['a.b.apps.openshift4.example.com 1']);
  });

  test('does not let a wildcard answer for a name that exists, nor below one, nor for an empty one', () => {
    assert.equal(ask('named.apps', types.AAAA).answer.length, 0);
    assert.equal(ask('named.apps', types.AAAA).rcode, rcodes.NOERROR);
    assert.equal(ask('below.named.apps').rcode, rcodes.NXDOMAIN);
    assert.deepEqual([ask('ent.apps').rcode, ask('ent.apps').answer.length], [rcodes.NOERROR, 0]);
    assert.equal(ask('other.ent.apps').rcode, rcodes.NXDOMAIN);
    assert.deepEqual([ask('apps').rcode, ask('apps').answer.length], [rcodes.NOERROR, 0]);
  });

  test('tells a missing name from a missing type, both with the SOA', () => {
    for (const [name, rcode] of [
      ['nowhere', rcodes.NXDOMAIN],
      ['six', rcodes.NOERROR],
    ] as const) {
      const found = ask(name);
      assert.equal(found.rcode, rcode);
      assert.deepEqual(
        found.authority.map((it) => [it.type, it.ttlSeconds]),
        [[types.SOA, 60]],
      );
    }
  });

  test('follows aliases to their end, to a name that is missing, and out of the zone', () => {
    assert.equal(ask('alias').answer.length, 3);
    assert.deepEqual([ask('to-nowhere').rcode, ask('to-nowhere').answer.length], [rcodes.NXDOMAIN, 1]);
    assert.equal(textOf(ask('outside').next!), 'www.example.net');
    assert.equal(ask('alias', types.CNAME).answer.length, 1);
  });

  test('ends where aliases go round in a circle', () => {
    assert.equal(ask('loop-a').answer.length, 2);
  });

  test('gives the addresses of the hosts that a SRV record names', () => {
    const found = ask('_etcd-server-ssl._tcp', types.SRV);
    assert.deepEqual(found.answer, ['_etcd-server-ssl._tcp.openshift4.example.com 3']);
    assert.equal(found.additional.length, 3);
  });

  test('refers to the name servers of a delegation, with their addresses and without authority', () => {
    const found = ask('host.child');
    assert.equal(found.authoritative, false);
    assert.deepEqual(
      found.authority.map((it) => it.type),
      [types.NS],
    );
    assert.deepEqual(found.additional, ['ns.child.openshift4.example.com 1']);
  });
});

describe('parseZones()', () => {
  const withRecord = (record: RecordInput): ZoneInput => ({ ...referenceZone, records: [record] });
  const refused: readonly [string, ZoneInput, string][] = [
    [
      'a name with a space',
      withRecord({ name: 'a b', type: 'A', ttlSeconds: 1, data: '10.0.0.1' }),
      'badName',
    ],
    ['a line break', withRecord({ name: 'a\nb', type: 'A', ttlSeconds: 1, data: '10.0.0.1' }), 'badName'],
    [
      'a long label',
      withRecord({ name: 'a'.repeat(64), type: 'A', ttlSeconds: 1, data: '10.0.0.1' }),
      'badName',
    ],
    [
      'a long name',
      withRecord({ name: Array(60).fill('abc').join('.'), type: 'A', ttlSeconds: 1, data: '10.0.0.1' }),
      'badName',
    ],
    ['a wildcard inside', withRecord({ name: 'a.*', type: 'A', ttlSeconds: 1, data: '10.0.0.1' }), 'badName'],
    [
      'a name elsewhere',
      withRecord({ name: 'a.example.net.', type: 'A', ttlSeconds: 1, data: '10.0.0.1' }),
      'outsideZone',
    ],
    ['half an address', withRecord({ name: 'a', type: 'A', ttlSeconds: 1, data: '10.1' }), 'badAddress'],
    ['IPv4 for IPv6', withRecord({ name: 'a', type: 'AAAA', ttlSeconds: 1, data: '10.0.0.1' }), 'badAddress'],
    [
      'a fraction of a second',
      withRecord({ name: 'a', type: 'A', ttlSeconds: 0.5, data: '10.0.0.1' }),
      'badNumber',
    ],
    [
      'a port that is none',
      withRecord({
        name: 'a',
        type: 'SRV',
        ttlSeconds: 1,
        data: { priority: 0, weight: 0, port: 65_536, target: 'b.example.com' },
      }),
      'badNumber',
    ],
    [
      'an alias at the top',
      withRecord({ name: '@', type: 'CNAME', ttlSeconds: 1, data: 'b.example.com' }),
      'aliasWithData',
    ],
    ['no text', withRecord({ name: 'a', type: 'TXT', ttlSeconds: 1, data: [] }), 'badText'],
    ['no name server', { ...referenceZone, ns: [] }, 'noNameServer'],
    ['a zone without a name', { ...referenceZone, name: '' }, 'badZoneName'],
  ];
  for (const [what, zone, code] of refused) {
    test(`refuses ${what}`, () => {
      assert.throws(
        () => parseZones([zone]),
        (error) => hasCode(error, `dns.${code}`),
      );
    });
  }

  test('refuses a zone that is given twice, whatever its case', () => {
    assert.throws(
      () => parseZones([referenceZone, { ...referenceZone, name: 'OpenShift4.example.com.' }]),
      (error) => hasCode(error, 'dns.zoneTwice'),
    );
  });
});
