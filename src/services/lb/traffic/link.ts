import { connect, type Socket } from 'node:net';
import { ReadBuffer, type ReadBuffers } from './read-buffers.ts';

/** A connection to a backend, read into buffers that are used again. */
export interface Link {
  readonly socket: Socket;
  /** Where what the backend sends goes; to be called before the socket is connected or in its `connect`. */
  deliverTo(client: Socket): void;
}

export const socketOptions = { allowHalfOpen: true, noDelay: true, keepAlive: true } as const;
const keepAliveInitialDelay = 30_000;

/** Options of a listener whose connections are relayed: nothing is read before a backend is there. */
export const acceptOptions = { ...socketOptions, keepAliveInitialDelay, pauseOnConnect: true } as const;

/** Connects to a backend. Its bytes go to the client as they come; it is not read while the client does not take them. */
export function linkTo(target: { address: string; port: number }, pool: ReadBuffers): Link {
  const buffer = new ReadBuffer(pool);
  let client: Socket | undefined;
  let lent = false;
  const written = () => {
    if (!lent || !client || client.writableLength > 0) return;
    lent = false;
    socket.resume();
  };
  // Node asks for the next buffer after each read, and once before the first.
  const onread = {
    buffer: () => buffer.next(lent),
    callback(length: number, bytes: Uint8Array): boolean {
      buffer.note(length);
      client!.write(bytes.subarray(0, length), written);
      // What the kernel took at once is gone from the buffer; the rest must stay where it is until it is written.
      lent = client!.writableLength > 0;
      return !lent;
    },
  };
  const socket = connect({
    ...socketOptions,
    keepAliveInitialDelay,
    host: target.address,
    port: target.port,
    onread,
  });
  socket.once('close', () => {
    // A write of the client that is under way still reads the buffer.
    if (!client || client.closed || client.writableLength === 0) buffer.release();
    else client.once('close', () => buffer.release());
  });
  return {
    socket,
    deliverTo(to) {
      client = to;
    },
  };
}
