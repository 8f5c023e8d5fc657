import type { Socket } from 'node:net';
import type { OutgoingRequest } from '../../../kernel/index.ts';
import type { RequestFraming } from './http1/request-head.ts';
import type { StallWatch } from './stall.ts';

const pieceBytes = 1024 * 1024;

/**
 * Sends a request's head and its body, piece by piece, as fast as the peer takes it; true once all of it is on its way, false
 * where the answer came before. Rejects where the body is not as long as was said, and with what its source throws.
 */
export async function sendRequest(
  socket: Socket,
  head: string,
  { body, framing }: { body: OutgoingRequest['body']; framing: RequestFraming | undefined },
  stall: StallWatch,
  isAnswered: () => boolean,
): Promise<boolean> {
  const send = async (bytes: Uint8Array | string): Promise<boolean> => {
    stall.expect();
    // Whoever feeds us may use its buffer again, so the next piece waits until this one has left.
    const failure = await new Promise<unknown>((resolve) => socket.write(bytes, 'latin1', resolve));
    return !failure;
  };
  if (!(await send(head))) return false;
  stall.rest();
  let left = framing?.kind === 'length' ? framing.sizeBytes : Number.POSITIVE_INFINITY;
  for await (const piece of body instanceof Uint8Array ? slices(body) : (body ?? [])) {
    if (isAnswered() || socket.destroyed) return false;
    if (piece.length === 0) continue;
    left -= piece.length;
    if (left < 0) throw new Error('the body is longer than was said');
    const isSent =
      framing?.kind === 'chunked'
        ? (await send(`${piece.length.toString(16)}\r\n`)) && (await send(piece)) && (await send('\r\n'))
        : await send(piece);
    if (!isSent) return false;
    stall.rest();
  }
  if (isAnswered()) return false;
  if (framing?.kind === 'length' && left > 0) throw new Error('the body is shorter than was said');
  if (framing?.kind === 'chunked' && !(await send('0\r\n\r\n'))) return false;
  if (!isAnswered()) stall.expect();
  return true;
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}
