import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenBlob } from '../../store/index.ts';
import { registryErrors } from '../errors.ts';
import type { BufferPool } from './buffer-pool.ts';

interface Sending {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly buffers: BufferPool;
  /** How long the client may take for one piece. */
  readonly receiveMs: number;
}

/** Sends the bytes from `start` to `end` of a blob: while one buffer is on its way to the client, the other is filled. */
export async function sendBlob(blob: OpenBlob, start: number, end: number, sending: Sending): Promise<void> {
  const { buffers } = sending;
  const pair = [buffers.take(), buffers.take()] as const;
  const writer = writerTo(sending);
  let sent = Promise.resolve();
  try {
    let turn: 0 | 1 = 0;
    for (let at = start; at < end; ) {
      const buffer = pair[turn];
      const piece = buffer.subarray(0, Math.min(buffer.length, end - at));
      const length = await blob.read(piece, at);
      if (length === 0) throw new Error(`the blob ends at byte ${at}`);
      await sent;
      sent = writer.write(piece.subarray(0, length));
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
function writerTo({ request, response, receiveMs }: Sending) {
  let reject: (error: Error) => void = () => {};
  const gone = () => reject(registryErrors.gone());
  const timer = setTimeout(() => request.socket.destroy(), receiveMs);
  request.socket.once('close', gone);
  return {
    write: (piece: Uint8Array) =>
      new Promise<void>((resolve, fail) => {
        if (request.socket.destroyed) return fail(registryErrors.gone());
        reject = fail;
        timer.refresh();
        response.write(piece, (error) => (error ? fail(error) : resolve()));
      }),
    end() {
      clearTimeout(timer);
      request.socket.off('close', gone);
    },
  };
}
