import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connected } from '../dial.ts';
import { refusalOf } from '../refusal.ts';
import { answerSocket, answerTo, badRequest } from './answer.ts';
import { framingFault } from './framing.ts';
import type { ProxySession } from './session.ts';

/** Serves one CONNECT (RFC 9110 9.3.6): bytes both ways to the pinned address, until either side ends or the proxy is cut. */
export async function serveTunnel(
  session: ProxySession,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
) {
  client.on('error', () => client.destroy());
  const authority = request.url ?? '';
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(authority) ?? [];
  const fault = host === undefined ? 'CONNECT names no host and port' : framingFault(request);
  if (fault) return answerSocket(client, badRequest(fault));
  let release: (() => void) | undefined;
  let origin: Socket | undefined;
  try {
    release = await session.slots.take();
    const target = await session.resolve(host!, Number(port));
    if (client.destroyed) return release();
    origin = session.outside.open(target);
    client.once('close', () => origin?.destroy());
    origin.once('close', release);
    await connected(origin);
    join(session, client, origin, head);
  } catch (error) {
    session.record(refusalOf(error, authority));
    origin?.destroy();
    release?.();
    answerSocket(client, answerTo(error));
  }
}

function join(session: ProxySession, client: Duplex, origin: Socket, head: Buffer): void {
  origin.on('error', () => client.destroy());
  // A cut must reach the browser as one: a connection that only ends could pass for a whole answer.
  origin.once('close', (failed) => (failed || !origin.readableEnded ? client.destroy() : client.end()));
  client.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) origin.write(head);
  origin.pipe(client);
  const answer = session.answers.open(() => origin.destroy());
  origin.on('data', answer.touch).once('close', answer.done);
  // A request that goes out on a kept connection starts the wait anew.
  client.on('data', answer.touch);
  session.outside.count(origin);
  client.pipe(origin);
}
