import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BufferPool } from './buffer-pool.ts';

/** Where pieces go, and what that may cost. */
export interface Sending {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly buffers: BufferPool;
  /** How long the client may take for one piece; then the connection is cut. */
  readonly receiveMs: number;
  /** The error to end with where the client went away. */
  readonly gone: () => Error;
  /** Told of the bytes of each piece that the kernel has taken. */
  readonly onSent?: (sizeBytes: number) => void;
}

/** Reads bytes at an offset into the buffer; resolves to how many came, 0 at the end. */
export type ReadPiece = (into: Uint8Array, at: number) => Promise<number>;

/** Sends the bytes from `start` to `end`: while one buffer is on its way to the client, the other is filled. */
export async function sendPieces(
  read: ReadPiece,
  start: number,
  end: number,
  sending: Sending,
): Promise<void> {
  const { buffers, onSent } = sending;
  const pair = [buffers.take(), buffers.take()] as const;
  const writer = writerTo(sending);
  let sent = Promise.resolve();
  try {
    let turn: 0 | 1 = 0;
    for (let at = start; at < end; ) {
      const buffer = pair[turn];
      const piece = buffer.subarray(0, Math.min(buffer.length, end - at));
      const length = await read(piece, at);
      if (length === 0) throw new Error(`the bytes end at ${at}`);
      await sent;
      sent = writer.write(piece.subarray(0, length)).then(() => onSent?.(length));
      // Whoever waits for it comes later; an unhandled rejection would end the process before.
      sent.catch(() => {});
      at += length;
      turn = turn === 0 ? 1 : 0;
    }
    await sent;
    for (const buffer of pair) buffers.giveBack(buffer);
  } catch (error) {
    for (const buffer of pair) buffers.forget(buffer);
    throw error;
  } finally {
    writer.end();
  }
}

/** Writes one piece at a time; it rejects as soon as nobody reads any more. */
function writerTo({ request, response, receiveMs, gone }: Sending) {
  let reject: (error: Error) => void = () => {};
  const closed = () => reject(gone());
  const timer = setTimeout(() => request.socket.destroy(), receiveMs);
  request.socket.once('close', closed);
  return {
    write: (piece: Uint8Array) =>
      new Promise<void>((resolve, fail) => {
        if (request.socket.destroyed) return fail(gone());
        reject = fail;
        timer.refresh();
        response.write(piece, (error) => (error ? fail(error) : resolve()));
      }),
    end() {
      clearTimeout(timer);
      request.socket.off('close', closed);
    },
  };
}
