import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { readResponse } from './forward/read-response.ts';
import { queryFor, shown } from './testing/packets.ts';
import { referenceZone, reverseZone } from './testing/reference-zones.ts';
import { serve } from './testing/serve.ts';
import { address, alias, sayTo, soa } from './testing/upstream.ts';
import { readName, textOf, wireOf } from './wire/name.ts';
import { type Question, readQuery } from './wire/query.ts';
import { writeAnswer } from './wire/write-answer.ts';
import { lookUp, zoneFor } from './zones/look-up.ts';
import { parseZones } from './zones/parse-zones.ts';

const zones = parseZones([referenceZone, reverseZone]);
const seeds = [
  queryFor('api.openshift4.example.com', { edns: {} }),
  queryFor('many.openshift4.example.com'),
  queryFor('_etcd-server-ssl._tcp.openshift4.example.com', { type: 33, edns: { bytes: 4096 } }),
  queryFor('a.b.c.apps.openshift4.example.com', { type: 255 }),
];
const changes = fc.array(fc.record({ at: fc.nat(300), value: fc.nat(255) }), { maxLength: 6 });

function changed(packet: Buffer, edits: readonly { at: number; value: number }[], cut: number): Buffer {
  const copy = Buffer.from(packet);
  for (const { at, value } of edits) copy[at % copy.length] = value;
  return copy.subarray(0, copy.length - (cut % copy.length));
}

/** Reads and answers a packet as the server does, without the net that catches faults. */
function answerTo(packet: Buffer): Buffer | undefined {
  const query = readQuery(packet);
  const zone = query?.question && zoneFor(zones, query.question.key);
  if (!query || !zone) return undefined;
  const options = { maxBytes: query.edns ? 1232 : 512, recursionAvailable: false, udpBytes: 1232 };
  const answer = writeAnswer(query, lookUp(zones, zone, query.question!), options);
  assert.ok(answer.length <= options.maxBytes);
  assert.equal(shown(answer).end, answer.length, 'the counts and the bytes of an answer agree');
  return answer;
}

describe('whatever a packet holds', () => {
  test('reading it ends, throws nothing, and an answer is sound and within its size', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => void answerTo(Buffer.from(bytes))));
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        changes,
        fc.nat(20),
        (seed, edits, cut) => void answerTo(changed(seed, edits, cut)),
      ),
      { numRuns: 2000 },
    );
  });

  test('an upstream that sends it breaks nothing', () => {
    const asked = queryFor('www.example.net');
    const question: Question = readQuery(asked)!.question!;
    const said = [
      sayTo(asked, [alias('www.example.net', 'a.example.net'), address('a.example.net', '192.0.2.1')]),
      sayTo(asked, [], { rcode: 3, authority: [soa('example.net', 60, 60)] }),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...said), changes, fc.nat(20), (seed, edits, cut) => {
        readResponse(changed(seed, edits, cut), 1, question);
      }),
      { numRuns: 2000 },
    );
  });

  test('names that point at themselves, at each other or forward are not read', () => {
    const head = Buffer.alloc(12);
    const bodies = [
      [0xc0, 12],
      [0xc0, 14, 0xc0, 12],
      [1, 97, 0xc0, 12],
      [0xc0, 4],
      [0xc0, 200],
      [0x40, 1],
      [63, 1],
    ];
    for (const body of bodies)
      assert.equal(readName(Buffer.concat([head, Buffer.from(body)]), 12), undefined);
    const long = Buffer.concat([head, ...Array<Buffer>(130).fill(Buffer.from([1, 97])), Buffer.from([0])]);
    assert.equal(readName(long, 12), undefined);
  });

  test('a name is the same after it was written and read', () => {
    const label = fc.stringMatching(/^[a-zA-Z0-9_]{1,20}$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 8 }), (labels) => {
        const text = labels.join('.');
        const packet = Buffer.concat([Buffer.alloc(12), Buffer.from(wireOf(text)!, 'latin1')]);
        assert.equal(textOf(readName(packet, 12)!.name), text);
      }),
    );
  });

  test('the server lives on and answers the next query', async () => {
    const metrics = new Registry();
    await using server = await serve({ metrics });
    const socket = createSocket('udp4');
    const send = (packet: Buffer) =>
      new Promise<void>((resolve) => socket.send(packet, server.port, '127.0.0.1', () => resolve()));
    for (const bytes of fc.sample(fc.uint8Array({ maxLength: 1500 }), 200)) await send(Buffer.from(bytes));
    await send(Buffer.alloc(65_000, 255));
    for (const seed of seeds) {
      for (const edits of fc.sample(changes, 50)) await send(changed(seed, edits, 0));
    }
    socket.close();
    assert.equal(shown(await server.ask(seeds[0]!)).answer.length, 1);
    assert.doesNotMatch(await metrics.metrics(), /what="fault"/);
  });
});
