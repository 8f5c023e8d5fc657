import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type Question, readQuery } from '../wire/query.ts';
import { nameBytes } from './packets.ts';
import { framed } from './serve.ts';

export interface Asked {
  readonly question: Question;
  readonly packet: Buffer;
  readonly transport: 'udp' | 'tcp';
  readonly port: number;
}

/** What a scripted upstream says to a query: packets as they are, none for silence. */
export type Script = (asked: Asked) => readonly Buffer[] | Promise<readonly Buffer[]>;

/** A name server on a free port of loopback that says what a test wants. */
export async function startUpstream(script: Script) {
  const asked: Asked[] = [];
  const answer = async (packet: Buffer, transport: 'udp' | 'tcp', port: number) => {
    const it: Asked = { question: readQuery(packet)!.question!, packet, transport, port };
    asked.push(it);
    return await script(it);
  };
  const connections = new Set<Socket>();
  const tcp = createServer((socket) => {
    connections.add(socket);
    socket.on('error', () => {});
    socket.once('data', async (data: Buffer) => {
      for (const packet of await answer(data.subarray(2), 'tcp', socket.remotePort!))
        socket.write(framed(packet));
    });
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as { port: number };
  const udp = createSocket('udp4');
  udp.on('message', async (packet, from) => {
    for (const said of await answer(packet, 'udp', from.port)) udp.send(said, from.port, from.address);
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return {
    address: `127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      udp.close();
      for (const socket of connections) socket.destroy();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}

export interface Said {
  readonly name: string;
  readonly type: number;
  readonly ttlSeconds: number;
  readonly data: Buffer;
}

/** An answer to a query as a sound server writes it, with records in the answer and authority sections. */
export function sayTo(
  packet: Buffer,
  records: readonly Said[],
  { rcode = 0, authority = [] as readonly Said[], flags = 0x8180 } = {},
): Buffer {
  const end = packet.indexOf(0, 12) + 5;
  const head = Buffer.from(packet.subarray(0, end));
  head.writeUInt16BE(flags | rcode, 2);
  for (const [at, count] of [
    [6, records.length],
    [8, authority.length],
    [10, 0],
  ] as const) {
    head.writeUInt16BE(count, at);
  }
  return Buffer.concat([head, ...[...records, ...authority].map(recordBytes)]);
}

export const address = (name: string, data: string, ttlSeconds = 60): Said => ({
  name,
  type: 1,
  ttlSeconds,
  data: Buffer.from(data.split('.').map(Number)),
});

export const alias = (name: string, target: string): Said => ({
  name,
  type: 5,
  ttlSeconds: 60,
  data: nameBytes(target),
});

export const soa = (name: string, ttlSeconds: number, minimumSeconds: number): Said => {
  const numbers = Buffer.alloc(20);
  numbers.writeUInt32BE(minimumSeconds, 16);
  return { name, type: 6, ttlSeconds, data: Buffer.concat([nameBytes('ns'), nameBytes('host'), numbers]) };
};

function recordBytes({ name, type, ttlSeconds, data }: Said): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(ttlSeconds, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameBytes(name), fixed, data]);
}
