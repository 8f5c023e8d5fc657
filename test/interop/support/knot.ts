import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordInput, ZoneInput } from '../../../src/services/dns/index.ts';
import { queryFor } from '../../../src/services/dns/testing/packets.ts';

/** True where Debian's knot is installed. */
export const hasKnot = spawnSync('knotd', ['--version']).error === undefined;

/** A zone as a zone file (RFC 1035 section 5), with the defaults of our own server. */
export function zoneFileOf({ name, soa, ns, records }: ZoneInput): string {
  const ttl = soa.ttlSeconds ?? 3600;
  const times = [
    soa.serial,
    soa.refreshSeconds ?? 7200,
    soa.retrySeconds ?? 900,
    soa.expireSeconds ?? 1_209_600,
    soa.negativeTtlSeconds ?? 60,
  ];
  const lines = [
    `$ORIGIN ${name}.`,
    `@ ${ttl} SOA ${soa.primary}. ${soa.contact}. ${times.join(' ')}`,
    ...ns.map((server) => `@ ${ttl} NS ${server}.`),
    ...records.map((it) => `${it.name} ${it.ttlSeconds} ${it.type} ${dataOf(it)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function dataOf(record: RecordInput): string {
  if (record.type === 'A' || record.type === 'AAAA') return record.data;
  if (record.type === 'TXT') {
    return [record.data]
      .flat()
      .map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`)
      .join(' ');
  }
  if (record.type === 'SRV') {
    const { priority, weight, port, target } = record.data;
    return `${priority} ${weight} ${port} ${target}.`;
  }
  return `${record.data}.`;
}

/** A knot on a free port of loopback that serves the zones, with so many threads for UDP. */
export async function startKnot(zones: readonly ZoneInput[], workers = 1) {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-knot-'));
  const port = await freePort();
  for (const zone of zones) await writeFile(join(folder, `${zone.name}.zone`), zoneFileOf(zone));
  const configuration = `server:
    rundir: "${folder}"
    listen: 127.0.0.1@${port}
    udp-workers: ${workers}
    tcp-workers: 1
database:
    storage: "${folder}"
log:
  - target: stderr
    any: error
template:
  - id: default
    storage: "${folder}"
    file: "%s.zone"
    semantic-checks: off
zone:
${zones.map(({ name }) => `  - domain: ${name}`).join('\n')}
`;
  const file = join(folder, 'knot.conf');
  await writeFile(file, configuration);
  const child = spawn('knotd', ['-c', file], { stdio: 'ignore' });
  await isUp(port, child, zones[0]!.name);
  return {
    port,
    pid: child.pid!,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null && child.kill()) await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

async function isUp(port: number, child: ChildProcess, zone: string): Promise<void> {
  const socket = createSocket('udp4');
  socket.on('error', () => {});
  const answered = once(socket, 'message').then(([packet]) => packet[3] === 0 || packet[3] === 0x80);
  let isDone = false;
  void answered.then(() => {
    isDone = true;
  });
  while (!isDone) {
    if (child.exitCode !== null) throw new Error(`knotd ended with ${child.exitCode}`);
    socket.send(queryFor(zone, { type: 6 }), port, '127.0.0.1');
    await sleep(50);
  }
  socket.close();
}
