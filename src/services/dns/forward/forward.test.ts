import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { queryFor, shown } from '../testing/packets.ts';
import { askUdp, serve } from '../testing/serve.ts';
import { type Asked, address, alias, type Script, sayTo, soa, startUpstream } from '../testing/upstream.ts';
import type { ForwardLimits } from '../types.ts';
import { rcodes } from '../wire/codes.ts';
import { textOf } from '../wire/name.ts';

/** Long enough for a machine under load; where an upstream is silent, a test waits for less. */
const limits: Partial<ForwardLimits> = { tryTimeoutMs: 3000, totalTimeoutMs: 12_000 };
const impatient: Partial<ForwardLimits> = { tryTimeoutMs: 300 };
const name = 'www.example.net';
const right = ({ packet }: Asked) => sayTo(packet, [address(name, '192.0.2.1')]);

/** A server that forwards everything to scripted upstreams, with a clock that the test holds. */
async function world(scripts: readonly Script[], more: Partial<ForwardLimits> = {}) {
  const upstreams = await Promise.all(scripts.map(startUpstream));
  const clock = { nowMs: 1_700_000_000_000, now: () => clock.nowMs };
  const server = await serve({
    forward: [{ name: '.', upstreams: upstreams.map((it) => it.address) }],
    limits: { forward: { ...limits, ...more } },
    clock,
  });
  return {
    server,
    upstreams,
    clock,
    ask: async (asked = name, fields = {}) => shown(await server.ask(queryFor(asked, fields))),
    async [Symbol.asyncDispose]() {
      await server.close();
      for (const upstream of upstreams) await upstream[Symbol.asyncDispose]();
    },
  };
}

describe('forwarding', () => {
  test('gives what an upstream says once, and from the cache afterwards with the TTL that is left', async () => {
    await using it = await world([(asked) => [right(asked)]]);
    const first = await it.ask();
    assert.deepEqual(first.answer, ['www.example.net 60 1 c0000201']);
    assert.deepEqual([first.authoritative, first.recursionAvailable], [false, true]);
    it.clock.nowMs += 20_000;
    assert.deepEqual((await it.ask('WWW.example.net')).answer, ['WWW.example.net 40 1 c0000201']);
    assert.equal(it.upstreams[0]!.asked.length, 1);
    it.clock.nowMs += 41_000;
    await it.ask();
    assert.equal(it.upstreams[0]!.asked.length, 2);
  });

  test('asks from another port with another id each time', async () => {
    await using it = await world([
      ({ packet, question }) => [sayTo(packet, [address(textOf(question.name), '192.0.2.1', 0)])],
    ]);
    for (let i = 0; i < 8; i++) await it.ask(`n${i}.example.net`);
    const { asked } = it.upstreams[0]!;
    assert.equal(new Set(asked.map(({ port }) => port)).size > 4, true);
    assert.equal(new Set(asked.map(({ packet }) => packet.readUInt16BE(0))).size > 4, true);
  });

  test('waits on for the right answer among lies: wrong id, wrong name, a query, too short', async () => {
    await using it = await world([
      (asked) => {
        const good = right(asked);
        const wrongId = Buffer.from(sayTo(asked.packet, [address(name, '6.6.6.6')]));
        wrongId[0]! ^= 1;
        const wrongName = Buffer.from(sayTo(asked.packet, [address(name, '6.6.6.6')]));
        wrongName[13]! ^= 3;
        return [wrongId, wrongName, asked.packet, good.subarray(0, 11), good];
      },
    ]);
    assert.deepEqual((await it.ask()).answer, ['www.example.net 60 1 c0000201']);
  });

  test('takes the chain from the question and nothing else that an upstream puts in', async () => {
    await using it = await world([
      ({ packet }) => [
        sayTo(packet, [
          address('bank.example.com', '6.6.6.6'),
          alias(name, 'real.example.org'),
          address('real.example.org', '192.0.2.7'),
        ]),
      ],
    ]);
    assert.deepEqual((await it.ask()).answer, [
      'www.example.net 60 5 real.example.org',
      'real.example.org 60 1 c0000207',
    ]);
  });

  test('asks again over TCP where the answer was cut', async () => {
    await using it = await world([
      (asked) => (asked.transport === 'udp' ? [sayTo(asked.packet, [], { flags: 0x8380 })] : [right(asked)]),
    ]);
    assert.deepEqual((await it.ask()).answer, ['www.example.net 60 1 c0000201']);
    assert.deepEqual(
      it.upstreams[0]!.asked.map(({ transport }) => transport),
      ['udp', 'tcp'],
    );
  });

  test('asks without EDNS who does not know it', async () => {
    await using it = await world([
      (asked) => [asked.packet[11] === 1 ? sayTo(asked.packet, [], { rcode: rcodes.FORMERR }) : right(asked)],
    ]);
    assert.deepEqual((await it.ask()).answer, ['www.example.net 60 1 c0000201']);
  });

  test('turns to the next upstream where one is silent, refuses, fails, refers or talks nonsense', async () => {
    const badRecords = ({ packet }: Asked) => {
      const bad = Buffer.from(sayTo(packet, [address(name, '192.0.2.1')]));
      bad.writeUInt16BE(900, 6);
      return [bad];
    };
    const ns = { name: 'net', type: 2, ttlSeconds: 60, data: Buffer.from('\x01a\x00') };
    const scripts: readonly Script[] = [
      () => [],
      ({ packet }) => [sayTo(packet, [], { rcode: 5 })],
      ({ packet }) => [sayTo(packet, [], { rcode: 2 })],
      ({ packet }) => [sayTo(packet, [], { authority: [ns] })],
      badRecords,
    ];
    await Promise.all(
      scripts.map(async (script) => {
        await using it = await world([script, (asked) => [right(asked)]], impatient);
        assert.deepEqual((await it.ask()).answer, ['www.example.net 60 1 c0000201']);
        assert.ok(it.upstreams[0]!.asked.length > 0);
      }),
    );
  });

  test('says SERVFAIL where nobody answers, and does not ask again at once', async () => {
    await using it = await world([({ packet }) => [sayTo(packet, [], { rcode: 2 })]]);
    assert.equal((await it.ask()).rcode, rcodes.SERVFAIL);
    const { length } = it.upstreams[0]!.asked;
    assert.equal((await it.ask()).rcode, rcodes.SERVFAIL);
    assert.equal(it.upstreams[0]!.asked.length, length);
  });

  test('says again what it knew, with a short TTL, while nobody answers', async () => {
    let isUp = true;
    await using it = await world([(asked) => (isUp ? [right(asked)] : [])], impatient);
    await it.ask();
    isUp = false;
    it.clock.nowMs += 120_000;
    assert.deepEqual((await it.ask()).answer, ['www.example.net 30 1 c0000201']);
    it.clock.nowMs += 3_600_000;
    assert.equal((await it.ask()).rcode, rcodes.SERVFAIL);
    const sources = it.server.recentQueries().map(({ source }) => source);
    assert.deepEqual(sources, ['forward', 'stale', 'forward']);
  });

  test('remembers that a name does not exist for as long as the SOA allows', async () => {
    await using it = await world([
      ({ packet }) => [sayTo(packet, [], { rcode: 3, authority: [soa('example.net', 3600, 20)] })],
    ]);
    const first = await it.ask();
    assert.equal(first.rcode, rcodes.NXDOMAIN);
    assert.equal(first.authority.length, 1);
    it.clock.nowMs += 19_000;
    assert.equal((await it.ask()).rcode, rcodes.NXDOMAIN);
    assert.equal(it.upstreams[0]!.asked.length, 1);
    it.clock.nowMs += 2000;
    await it.ask();
    assert.equal(it.upstreams[0]!.asked.length, 2);
  });

  test('asks one question once, however many wait for it, even where the upstream asks us back', async () => {
    const back: Promise<Buffer>[] = [];
    let port = 0;
    await using it = await world(
      [
        ({ packet }) => {
          back.push(askUdp(port, Buffer.from(packet)));
          return [];
        },
      ],
      impatient,
    );
    port = it.server.port;
    const all = await Promise.all([it.ask(), it.ask(), it.ask()]);
    assert.deepEqual(
      all.map(({ rcode }) => rcode),
      [2, 2, 2],
    );
    assert.ok(it.upstreams[0]!.asked.length <= 2);
    await Promise.all(back);
  });

  test('keeps the cache within its entries and its bytes', async () => {
    await using it = await world(
      [({ packet, question }) => [sayTo(packet, [address(textOf(question.name), '192.0.2.1')])]],
      { cacheEntries: 3 },
    );
    for (let i = 0; i < 5; i++) await it.ask(`n${i}.example.net`);
    await it.ask('n4.example.net');
    assert.equal(it.upstreams[0]!.asked.length, 5);
    await it.ask('n0.example.net');
    assert.equal(it.upstreams[0]!.asked.length, 6);
  });

  test('never asks others for a name of its own zones, nor for a client that wants no recursion', async () => {
    await using it = await world([(asked) => [right(asked)]]);
    assert.equal((await it.ask('nowhere.openshift4.example.com')).rcode, rcodes.NXDOMAIN);
    assert.equal((await it.ask(name, { flags: 0 })).rcode, rcodes.REFUSED);
    assert.equal((await it.ask(name, { type: 255 })).answer.length, 1);
    assert.equal(it.upstreams[0]!.asked.length, 0);
  });

  test('answers SERVFAIL where no way leads to an upstream, and goes on', async () => {
    // A broadcast address, to which the system connects nobody; a machine without a default route says the same of all.
    await using server = await serve({ forward: [{ name: '.', upstreams: ['255.255.255.255'] }] });
    assert.equal(shown(await server.ask(queryFor(name))).rcode, rcodes.SERVFAIL);
    assert.equal(shown(await server.ask(queryFor('api.openshift4.example.com'))).rcode, rcodes.NOERROR);
  });

  test('finishes an alias of its own zone that leads outside', async () => {
    await using it = await world([(asked) => [right(asked)]]);
    const { answer, authoritative } = await it.ask('outside.openshift4.example.com');
    assert.deepEqual(answer, [
      'outside.openshift4.example.com 60 5 www.example.net',
      'www.example.net 60 1 c0000201',
    ]);
    assert.equal(authoritative, true);
  });
});
