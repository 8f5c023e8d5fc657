import type { OnReadOpts, Socket } from 'node:net';
import { Inbound } from './inbound.ts';

/** One connection to an origin, over which one request goes at a time. */
export interface Connection {
  readonly socket: Socket;
  readonly inbound: Inbound;
  /** True from the second request on. */
  isReused: boolean;
}

/** Opens the socket, which has to read into `onread`. */
export function createConnection(open: (onread: OnReadOpts) => Socket): Connection {
  const inbound = new Inbound();
  const socket = open(inbound.onread);
  inbound.attach(socket);
  // Whoever reads or writes hears of it there.
  socket.on('error', () => {});
  return { socket, inbound, isReused: false };
}
