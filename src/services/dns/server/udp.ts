import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { ListenAddress } from '../types.ts';
import type { Handle } from './handler.ts';

/** Bursts wait in the kernel while the process is busy, bytes; the kernel gives what it allows. */
const receiveBytes = 2 ** 21;

/** Binds a UDP socket and answers what comes; rejects with the system's error where it cannot be bound. */
export async function listenUdp(
  { host, port }: ListenAddress,
  handle: Handle,
  onSendFailed: () => void,
): Promise<Socket> {
  const type = isIPv6(host) ? 'udp6' : 'udp4';
  const socket = createSocket({
    type,
    ipv6Only: type === 'udp6',
    // Clients are addresses already: without a look-up each answer leaves within the same turn of the loop.
    lookup: (address, _options, done) => done(null, address, type === 'udp6' ? 6 : 4),
  });
  // Waited for from before: with the look-up above it may happen within bind.
  const listening = once(socket, 'listening');
  socket.bind({ address: host, port, exclusive: true });
  try {
    await listening;
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on('error', onSendFailed);
  try {
    socket.setRecvBufferSize(receiveBytes);
  } catch {}
  socket.on('message', (packet, { address, port }) => {
    if (port === 0) return;
    handle(packet, address, 'udp', (answer) => {
      if (!answer) return;
      try {
        socket.send(answer, port, address);
      } catch {
        onSendFailed();
      }
    });
  });
  return socket;
}
