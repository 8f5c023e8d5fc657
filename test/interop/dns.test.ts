import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { type QueryFields, queryFor, shown } from '../../src/services/dns/testing/packets.ts';
import { referenceZone, reverseZone } from '../../src/services/dns/testing/reference-zones.ts';
import { askTcp, askUdp, framed, serve } from '../../src/services/dns/testing/serve.ts';
import { rcodes, types } from '../../src/services/dns/wire/codes.ts';
import { hasKnot, startKnot } from './support/knot.ts';

const run = promisify(execFile);
const hasDig = spawnSync('dig', ['-v']).error === undefined;
const zone = 'openshift4.example.com';
const reverse = '45.225.10.in-addr.arpa';

type Asked = readonly [name: string, fields?: QueryFields];

const typesOfNames: readonly [names: readonly string[], types: readonly (keyof typeof types)[]][] = [
  [
    [zone, zone.toUpperCase()],
    ['SOA', 'NS', 'A', 'MX', 'TXT', 'DS', 'CNAME'],
  ],
  [
    ['api', 'API', 'aPi-InT', 'bastion', 'master1', 'etcd-0', 'named.apps'],
    ['A', 'AAAA', 'SRV', 'TXT'],
  ],
  [
    ['console.apps', 'Console.APPS', 'a.b.apps', 'a.b.c.d.e.apps', '*.apps', 'x.*.apps', '_x.apps'],
    ['A', 'AAAA', 'SRV'],
  ],
  [
    ['apps', 'ent.apps', 'deep.ent.apps', 'x.ent.apps', 'x.deep.ent.apps', 'below.named.apps', '_tcp'],
    ['A', 'SRV'],
  ],
  [
    ['_etcd-server-ssl._tcp', '_ETCD-server-ssl._tcp', '_etcd-server._tcp'],
    ['SRV', 'A'],
  ],
  [
    ['nowhere', 'a.nowhere', 'a.b.c.d.e.f.nowhere', 'below.api', '-', '*', 'aliases'],
    ['A', 'SOA', 'NS'],
  ],
  [
    ['alias', 'second-alias', 'to-nowhere', 'to-wildcard', 'outside', 'x.aliases', 'x.y.aliases'],
    ['A', 'AAAA', 'CNAME', 'TXT'],
  ],
  [
    ['child', 'host.child', 'ns.child', 'a.b.child'],
    ['A', 'NS', 'SOA', 'TXT'],
  ],
  [['child'], ['DS']],
  [
    ['six', 'text', 'several'],
    ['A', 'AAAA', 'TXT', 'HTTPS', 'CAA', 'NAPTR', 'SVCB', 'DNSKEY', 'RRSIG', 'NSEC'],
  ],
];

/** Every question of the table, once plainly and once with EDNS. */
const table: readonly Asked[] = [
  ...typesOfNames.flatMap(([names, asked]) =>
    names.flatMap((name) =>
      asked.map(
        (type): Asked => [
          name.toLowerCase().endsWith(zone) ? name : `${name}.${zone}`,
          { type: types[type] },
        ],
      ),
    ),
  ),
  ...['250', '251', '9', '1.250', '2.1'].map((name): Asked => [`${name}.${reverse}`, { type: types.PTR }]),
  [reverse, { type: types.SOA }],
  [reverse, { type: types.PTR }],
  [`250.${reverse}`, { type: types.A }],
  [`api.${zone}`, { type: 65_280 }],
  ['example.com'],
  ['com', { type: types.NS }],
  ['www.example.net'],
  ['1.0.0.10.in-addr.arpa', { type: types.PTR }],
];

const withEdns = ([name, fields]: Asked): Asked => [
  name,
  { ...fields, flags: 0, edns: { bytes: 1232, wantsDnssec: true } },
];

/** What both must agree in; the order in a section means nothing, and names are equal in any case. */
function judged(packet: Buffer) {
  const { id, question, rcode, authoritative, truncated, recursionDesired, edns, ...sections } =
    shown(packet);
  const sorted = (lines: readonly string[]) => lines.map((line) => line.toLowerCase()).sort();
  return {
    ...{ id, question, rcode, authoritative, truncated, recursionDesired },
    edns: edns && { version: edns.version, wantsDnssec: edns.wantsDnssec },
    answer: sorted(sections.answer),
    authority: sorted(sections.authority),
    additional: sorted(sections.additional),
  };
}

describe('our DNS server beside knot', { skip: hasKnot ? false : 'knot is not installed' }, () => {
  let knot: Awaited<ReturnType<typeof startKnot>>;
  let ours: Awaited<ReturnType<typeof serve>>;
  before(async () => {
    knot = await startKnot([referenceZone, reverseZone]);
    ours = await serve();
  });
  after(async () => {
    await ours.close();
    await knot[Symbol.asyncDispose]();
  });

  async function differences(asked: readonly Asked[]): Promise<readonly object[]> {
    const found: object[] = [];
    for (const [name, fields = {}] of asked) {
      const packet = queryFor(name, { flags: 0, ...fields });
      const said = (port: number) => askUdp(port, packet, 2000).then(judged, () => 'silence');
      const [expected, actual] = await Promise.all([knot.port, ours.port].map(said));
      try {
        assert.deepEqual(actual, expected);
      } catch {
        found.push({ name, type: fields.type ?? 1, knot: expected, ours: actual });
      }
    }
    return found;
  }

  test(`answers ${table.length} questions as knot does, plainly and with EDNS, the second time as the first`, async () => {
    assert.deepEqual(await differences(table), []);
    assert.deepEqual(await differences(table.map(withEdns)), []);
    assert.deepEqual(await differences(table.map(withEdns)), []);
  });

  test('says the same over TCP, whole where UDP was cut', async () => {
    for (const name of [`many.${zone}`, `api.${zone}`, `nowhere.${zone}`]) {
      const packet = queryFor(name, { flags: 0 });
      const overTcp = async (port: number) => judged((await askTcp(port, framed(packet)))[0]!);
      const [expected, actual] = await Promise.all([knot.port, ours.port].map(overTcp));
      assert.deepEqual(actual, expected);
      const isCut = async (port: number) => shown(await askUdp(port, packet)).truncated;
      assert.equal(await isCut(ours.port), await isCut(knot.port));
    }
  });

  test('says the code that knot says to what is out of order, but FORMERR where knot is silent', async () => {
    const plain = queryFor(`api.${zone}`, { edns: {} });
    const edited = (edit: (packet: Buffer) => void) => {
      const packet = Buffer.from(plain);
      edit(packet);
      return packet;
    };
    const { FORMERR, NOTIMP, REFUSED, BADVERS } = rcodes;
    const odd: readonly [what: string, packet: Buffer, ours: number, knot?: number | 'silence'][] = [
      ['another version of EDNS', queryFor(`api.${zone}`, { edns: { version: 1 } }), BADVERS],
      [
        'two EDNS records',
        Buffer.concat([edited((it) => it.writeUInt16BE(2, 10)), plain.subarray(-11)]),
        FORMERR,
      ],
      ['an unknown operation', queryFor(zone, { flags: 0x3800 }), NOTIMP],
      ['a question for the status', queryFor(zone, { flags: 0x1000 }), NOTIMP],
      ['bytes behind the end', Buffer.concat([plain, Buffer.from('more')]), FORMERR],
      ['more records than there are', edited((it) => it.writeUInt16BE(9, 10)), FORMERR],
      ['no question', edited((it) => it.writeUInt16BE(0, 4)), FORMERR, 'silence'],
      ['two questions', edited((it) => it.writeUInt16BE(2, 4)), FORMERR, 'silence'],
      ['a name that is cut', plain.subarray(0, 20), FORMERR, 'silence'],
      [
        'a name in a circle',
        Buffer.concat([plain.subarray(0, 12), Buffer.from([192, 12, 0, 1, 0, 1])]),
        FORMERR,
        'silence',
      ],
      // Knot says NOTAUTH (9) to a transfer without a rule for it.
      ['a transfer', queryFor(zone, { type: types.IXFR }), REFUSED, 9],
    ];
    for (const [what, packet, expected, expectedOfKnot = expected] of odd) {
      const rcodeOf = (said: Buffer) => shown(said).rcode;
      assert.equal(await askUdp(ours.port, packet).then(rcodeOf), expected, what);
      if (expectedOfKnot !== 'silence')
        assert.equal(await askUdp(knot.port, packet).then(rcodeOf), expectedOfKnot, what);
    }
  });

  test('gives one set for ANY, and says REFUSED for other classes', async () => {
    const any = judged(await askUdp(ours.port, queryFor(zone, { type: types.ANY })));
    assert.deepEqual([any.rcode, any.answer.length], [rcodes.NOERROR, 1]);
    const chaos = queryFor('version.bind', { type: types.TXT, class: 3 });
    assert.equal(judged(await askUdp(ours.port, chaos)).rcode, rcodes.REFUSED);
  });

  test('is read by dig without a complaint, and says to it what knot says', {
    skip: hasDig ? false : 'dig is not installed',
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-dig-'));
    const names = new Map(Object.entries(types).map(([name, code]) => [code as number, name]));
    const questions = table.filter(([name, fields]) => names.has(fields?.type ?? 1) && !name.startsWith('-'));
    const file = join(folder, 'questions');
    await writeFile(
      file,
      questions.map(([name, fields]) => `${name} ${names.get(fields?.type ?? 1)}\n`).join(''),
    );
    const options = [
      '+norecurse',
      '+noall',
      '+question',
      '+comments',
      '+answer',
      '+authority',
      '+additional',
      '+nocookie',
    ];
    const said = async (port: number) => {
      const { stdout } = await run('dig', ['@127.0.0.1', '-p', String(port), ...options, '-f', file], {
        maxBuffer: 2 ** 24,
      });
      assert.doesNotMatch(stdout, /warning|malformed|communications/i);
      // Knot adds why it refused (RFC 8914); what differs besides is the server's own size.
      return stdout
        .replace(/id: \d+|udp: \d+|;; Got answer:|^; EDE: .*\n/gm, '')
        .toLowerCase()
        .split(/\n{2,}/)
        .map((part) => part.split('\n').sort().join('\n'));
    };
    const [expected, actual] = await Promise.all([said(knot.port), said(ours.port)]);
    assert.ok(actual.length > questions.length);
    assert.deepEqual(actual, expected);
    await rm(folder, { recursive: true });
  });
});
