import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createDnsServer } from '../create-dns-server.ts';
import type { DnsServerOptions } from '../types.ts';
import { referenceZone, reverseZone } from './reference-zones.ts';

/** A server on a free port of loopback, with the reference zones unless others are given. */
export async function serve(options: Partial<DnsServerOptions> = {}) {
  const server = createDnsServer({
    zones: [referenceZone, reverseZone],
    listen: [{ host: '127.0.0.1', port: 0 }],
    allowedClients: ['127.0.0.0/8'],
    ...options,
  });
  const [address] = await server.listen();
  const port = address!.port;
  return {
    ...server,
    port,
    ask: (packet: Buffer) => askUdp(port, packet),
    [Symbol.asyncDispose]: server.close,
  };
}

/** Sends a packet over UDP and gives what comes back; rejects where nothing came within the time. */
export async function askUdp(port: number, packet: Buffer, withinMs = 10_000): Promise<Buffer> {
  const socket = createSocket('udp4');
  try {
    const answered = once(socket, 'message', { signal: AbortSignal.timeout(withinMs) });
    socket.send(packet, port, '127.0.0.1');
    return (await answered)[0] as Buffer;
  } finally {
    socket.close();
  }
}

export function framed(packet: Buffer): Buffer {
  return Buffer.concat([Buffer.from([packet.length >> 8, packet.length & 255]), packet]);
}

/** Sends bytes over one TCP connection, ends it there, and gives the answers in the order they came. */
export async function askTcp(port: number, ...chunks: readonly Buffer[]): Promise<readonly Buffer[]> {
  const socket = connect(port, '127.0.0.1');
  for (const chunk of chunks) socket.write(chunk);
  socket.end();
  const got = Buffer.concat((await socket.toArray()) as Buffer[]);
  const answers: Buffer[] = [];
  for (let at = 0; at + 2 <= got.length; ) {
    const length = got.readUInt16BE(at);
    answers.push(got.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return answers;
}
