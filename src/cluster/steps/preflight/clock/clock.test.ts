import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { brief, quietPlan, sceneOf, verdictsOf } from '../testing/scene.ts';
import { clockChecks } from './checks.ts';
import { askTime, readTime } from './sntp.ts';

const nowMs = Date.parse('2026-11-25T12:00:00Z');
const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
});

interface Said {
  readonly first?: number;
  readonly stratum?: number;
  readonly atMs?: number;
  readonly origin?: Buffer;
  readonly dispersion?: number;
}

/** An answer to a request, right unless it is told otherwise. */
function answer(request: Buffer, said: Said = {}): Buffer {
  const { first = 0x24, stratum = 2, atMs = nowMs, origin = request.subarray(40, 48), dispersion = 0 } = said;
  const packet = Buffer.alloc(48);
  packet[0] = first;
  packet[1] = stratum;
  packet.writeUInt32BE(dispersion * 65_536, 8);
  if (stratum === 0) packet.write('RATE', 12, 'latin1');
  origin.copy(packet, 24);
  const seconds = atMs / 1000 + 2_208_988_800;
  for (const at of [32, 40]) {
    packet.writeUInt32BE(Math.floor(seconds) % 2 ** 32, at);
    packet.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), at + 4);
  }
  return packet;
}

async function server(script: (request: Buffer) => readonly Buffer[]): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (request, from) => {
    for (const packet of script(request)) socket.send(packet, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closing.push(() => socket.close());
  return socket.address().port;
}

const ask = (port: number, timeoutMs = 5_000) =>
  askTime({ address: '127.0.0.1', port, timeoutMs, signal: new AbortController().signal, now: () => nowMs });

test('askTime() says by how much this clock is ahead, in both directions', async () => {
  for (const offsetMs of [0, 1234, -90_000]) {
    const port = await server((request) => [answer(request, { atMs: nowMs - offsetMs })]);
    assert.deepEqual(await ask(port), { kind: 'time', offsetMs, delayMs: 0, stratum: 2 });
  }
});

test('askTime() waits on for the right answer behind packets that are none, and gives up on a flood', async () => {
  const strays = (request: Buffer) => [
    Buffer.alloc(0),
    answer(request).subarray(0, 47),
    answer(request, { origin: Buffer.alloc(8) }),
    answer(request, { first: 0x23 }),
    answer(request, { first: 0x14 }),
  ];
  const port = await server((request) => [...strays(request), answer(request)]);
  assert.equal((await ask(port)).kind, 'time');
  const flood = await server((request) => Array.from({ length: 8 }, () => strays(request)).flat());
  assert.deepEqual(await ask(flood), { kind: 'silent', reason: 'flood' });
  assert.deepEqual(await ask(await server(() => []), 20), { kind: 'silent', reason: 'timeout' });
});

test('askTime() takes no time from a server that refuses, or does not know it itself', async () => {
  const saying = async (said: Said) => ask(await server((request) => [answer(request, said)]));
  assert.deepEqual(await saying({ stratum: 0 }), { kind: 'refused', code: 'RATE' });
  for (const said of [{ first: 0xe4 }, { stratum: 16 }, { dispersion: 20 }])
    assert.deepEqual(await saying(said), { kind: 'unsynchronised' });
});

test('readTime() goes on in the era that begins in 2036 (RFC 4330 section 3)', () => {
  const cookie = Buffer.alloc(8, 7);
  const request = Buffer.concat([Buffer.alloc(40), cookie]);
  const atMs = Date.parse('2036-02-08T00:00:00Z');
  const said = readTime(answer(request, { atMs }), cookie, atMs + 500, atMs + 500);
  assert.deepEqual(said, { kind: 'time', offsetMs: 500, delayMs: 0, stratum: 2 });
});

test('a clock that is off warns, one that breaks certificates fails, and no time servers are told', async () => {
  const judge = async (offsetMs: number) => {
    const port = await server((request) => [answer(request, { atMs: nowMs - offsetMs })]);
    const plan = { ...quietPlan, timeServers: ['127.0.0.1'] };
    const scene = sceneOf({ plan, clock: { now: () => nowMs }, place: () => ({ host: '127.0.0.1', port }) });
    return brief((await verdictsOf(clockChecks(scene))).get('clock.127.0.0.1'));
  };
  assert.equal(await judge(20), 'passed preflight.clockRight');
  assert.equal(await judge(-900), 'warning preflight.clockOff');
  assert.equal(await judge(3_600_000), 'failed preflight.clockWrong');
  assert.equal(
    brief((await verdictsOf(clockChecks(sceneOf()))).get('clock')),
    'skipped preflight.noTimeServers',
  );
});
