import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { Registry } from 'prom-client';
import { hasCode } from '../../../kernel/index.ts';
import { createDnsServer } from '../create-dns-server.ts';
import { queryFor, shown } from '../testing/packets.ts';
import { referenceZone } from '../testing/reference-zones.ts';
import { askTcp, askUdp, framed, serve } from '../testing/serve.ts';
import type { DnsServerOptions, QueryEvent } from '../types.ts';
import { rcodes } from '../wire/codes.ts';

const api = 'api.openshift4.example.com';

describe('a DNS server', () => {
  test('answers with authority in the case that was asked, the second time as the first but for the id', async () => {
    await using server = await serve();
    for (const id of [7, 65_535]) {
      const said = shown(await server.ask(queryFor('API.openshift4.Example.com', { id })));
      assert.deepEqual(said.answer, ['API.openshift4.Example.com 60 1 0ae12dfa']);
      assert.deepEqual([said.id, said.authoritative, said.recursionAvailable], [id, true, false]);
    }
  });

  test('turns the addresses of a name round, or leaves them where that was asked', async () => {
    const firsts = async (options: Partial<DnsServerOptions>) => {
      await using server = await serve(options);
      const seen = new Set<string>();
      for (let i = 0; i < 4; i++) {
        const { answer } = shown(await server.ask(queryFor('several.openshift4.example.com')));
        assert.equal(answer.length, 3);
        seen.add(answer[0]!);
      }
      return seen.size;
    };
    assert.equal(await firsts({}), 3);
    assert.equal(await firsts({ addressOrder: 'fixed' }), 1);
  });

  test('cuts what does not fit, never says more over UDP than it may, and says all over TCP', async () => {
    await using server = await serve();
    const query = (bytes?: number) =>
      queryFor('many.openshift4.example.com', bytes === undefined ? {} : { edns: { bytes } });
    for (const [bytes, most] of [
      [undefined, 512],
      [100, 512],
      [65_535, 1232],
    ] as const) {
      const packet = await server.ask(query(bytes));
      assert.ok(packet.length <= most);
      assert.deepEqual([shown(packet).truncated, shown(packet).answer.length], [true, 0]);
    }
    const [whole] = await askTcp(server.port, framed(query()));
    assert.deepEqual([shown(whole!).truncated, shown(whole!).answer.length], [false, 120]);
  });

  test('answers EDNS with EDNS: its own size, the DO bit, BADVERS for another version', async () => {
    await using server = await serve();
    const plain = shown(await server.ask(queryFor(api, { edns: { wantsDnssec: true } })));
    assert.deepEqual(plain.edns, { bytes: 1232, version: 0, wantsDnssec: true });
    const other = shown(await server.ask(queryFor(api, { edns: { version: 1 } })));
    assert.deepEqual([other.rcode, other.edns?.version], [rcodes.BADVERS, 0]);
    assert.equal(shown(await server.ask(queryFor(api))).edns, undefined);
  });

  test('refuses transfers, other classes and names of nobody, and does not know other operations', async () => {
    await using server = await serve();
    const rcodeOf = async (name: string, fields: object) =>
      shown(await server.ask(queryFor(name, fields))).rcode;
    assert.equal(await rcodeOf('openshift4.example.com', { type: 252 }), rcodes.REFUSED);
    assert.equal(await rcodeOf('openshift4.example.com', { type: 251 }), rcodes.REFUSED);
    assert.equal(await rcodeOf('version.bind', { type: 16, class: 3 }), rcodes.REFUSED);
    assert.equal(await rcodeOf('www.example.net', {}), rcodes.REFUSED);
    assert.equal(await rcodeOf(api, { flags: 0x2800 }), rcodes.NOTIMP);
    const [transfer] = await askTcp(server.port, framed(queryFor('openshift4.example.com', { type: 252 })));
    assert.equal(shown(transfer!).rcode, rcodes.REFUSED);
  });

  test('refuses who is not allowed, and after some refusals says nothing', async () => {
    const events: QueryEvent[] = [];
    await using server = await serve({
      allowedClients: ['10.0.0.0/8'],
      onQuery: (event) => events.push(event),
      clock: { now: () => 0 },
    });
    const said = shown(await server.ask(queryFor(api, { edns: {} })));
    assert.deepEqual([said.rcode, said.answer.length], [rcodes.REFUSED, 0]);
    assert.equal(events[0]?.client, '127.0.0.1');
    for (let i = 1; i < 50; i++) await server.ask(queryFor(api));
    await assert.rejects(askUdp(server.port, queryFor(api), 200));
    assert.deepEqual(await askTcp(server.port).catch(() => []), []);
  });

  test('takes new zones between two queries, and keeps the old ones where a new one is wrong', async () => {
    await using server = await serve();
    const addressNow = async () =>
      shown(await server.ask(queryFor(api)))
        .answer[0]?.split(' ')
        .at(-1);
    assert.equal(await addressNow(), '0ae12dfa');
    const record = (data: string) => ({ name: 'api', type: 'A' as const, ttlSeconds: 60, data });
    server.replaceZones([{ ...referenceZone, records: [record('192.0.2.9')] }]);
    assert.equal(await addressNow(), 'c0000209');
    assert.throws(() => server.replaceZones([{ ...referenceZone, records: [record('nine')] }]));
    assert.equal(await addressNow(), 'c0000209');
  });

  test('tells who asked what, at most so much a second, and lives on where the listener fails', async () => {
    const events: QueryEvent[] = [];
    await using server = await serve({
      clock: { now: () => 5000 },
      limits: { queryLog: { perSecond: 2, kept: 1 } },
      onQuery: (event) => {
        events.push(event);
        throw new Error('listener');
      },
    });
    for (const name of ['a\tb.apps.openshift4.example.com', api, api]) {
      const wire = name.startsWith('a\t') ? '\x03a\tb\x04apps\x0aopenshift4\x07example\x03com\0' : name;
      await server.ask(queryFor(wire));
    }
    assert.deepEqual(
      events.map(({ name, type, rcode, source, transport, atMs }) => [
        name,
        type,
        rcode,
        source,
        transport,
        atMs,
      ]),
      [
        ['a\\009b.apps.openshift4.example.com', 'A', 'NOERROR', 'zone', 'udp', 5000],
        [api, 'A', 'NOERROR', 'zone', 'udp', 5000],
      ],
    );
    assert.deepEqual(
      server.recentQueries().map(({ name }) => name),
      [api],
    );
  });

  test('counts queries by type, code and source, and leaves the registry when it is closed', async () => {
    const metrics = new Registry();
    const server = await serve({ metrics });
    await server.ask(queryFor(api));
    await server.ask(queryFor(api));
    await server.ask(queryFor('nowhere.openshift4.example.com', { type: 65_000 }));
    const text = await metrics.metrics();
    assert.match(text, /holdfast_dns_queries_total\{type="A",rcode="NOERROR",source="zone"\} 2/);
    assert.match(text, /holdfast_dns_queries_total\{type="other",rcode="NXDOMAIN",source="zone"\} 1/);
    await server.close();
    assert.equal(metrics.getMetricsAsArray().length, 0);
  });

  test('binds all addresses or none, and says what stands in the way', async () => {
    await using server = await serve();
    const second = createDnsServer({
      zones: [],
      listen: [
        { host: '127.0.0.1', port: 0 },
        { host: '127.0.0.1', port: server.port },
      ],
      allowedClients: ['127.0.0.0/8'],
    });
    await assert.rejects(second.listen(), (error) => hasCode(error, 'dns.cannotListen'));
  });

  const refused: readonly [string, Partial<DnsServerOptions>, string][] = [
    [
      'to be open to everybody while it forwards',
      { allowedClients: ['0.0.0.0/0'], forward: [{ name: '.', upstreams: ['10.0.0.1'] }] },
      'openResolver',
    ],
    ['to serve nobody', { allowedClients: [] }, 'noClients'],
    ['a network without a length', { allowedClients: ['10.0.0.1'] }, 'badNetwork'],
    ['an upstream by name', { forward: [{ name: '.', upstreams: ['dns.example.com'] }] }, 'badUpstream'],
    [
      'itself as upstream',
      { listen: [{ host: '127.0.0.1', port: 53 }], forward: [{ name: '.', upstreams: ['127.0.0.1'] }] },
      'upstreamIsSelf',
    ],
  ];
  for (const [what, options, code] of refused) {
    test(`refuses ${what}`, () => {
      const make = () =>
        createDnsServer({ zones: [], listen: [], allowedClients: ['127.0.0.0/8'], ...options });
      assert.throws(make, (error) => hasCode(error, `dns.${code}`));
    });
  }
});

describe('over TCP', () => {
  test('queries are answered that come in one piece, in bytes, and in a connection that is half closed', async () => {
    await using server = await serve();
    const three = Buffer.concat([1, 2, 3].map((id) => framed(queryFor(api, { id }))));
    const ids = (packets: readonly Buffer[]) => packets.map((it) => shown(it).id).sort();
    assert.deepEqual(ids(await askTcp(server.port, three)), [1, 2, 3]);
    assert.deepEqual(
      ids(await askTcp(server.port, ...[...three].map((byte) => Buffer.from([byte])))),
      [1, 2, 3],
    );
  });

  test('a connection that says nothing whole is ended, and one that claims too much at once', async () => {
    await using server = await serve({ limits: { tcp: { idleTimeoutMs: 100 } } });
    for (const bytes of [Buffer.from([0]), Buffer.from([255, 255, 0])]) {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(bytes);
      socket.resume();
      await once(socket, 'close');
    }
  });

  test('connections above the limit are ended, and those below it served', async () => {
    await using server = await serve({ limits: { tcp: { maxConnectionsPerClient: 1 } } });
    const first = connect(server.port, '127.0.0.1');
    await once(first, 'connect');
    first.write(framed(queryFor(api)));
    await once(first, 'data');
    const second = connect(server.port, '127.0.0.1').on('error', () => {});
    second.resume();
    await once(second, 'close');
    first.write(framed(queryFor(api)));
    await once(first, 'data');
    first.destroy();
  });
});
