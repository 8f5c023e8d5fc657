import type { ClientRequest } from 'node:http';
import type { OutgoingRequest } from '../../../kernel/index.ts';
import type { StallWatch } from './stall.ts';

const pieceBytes = 1024 * 1024;

/** Sends a request's body piece by piece, as fast as the peer takes it, and ends the request; stops where the answer came before. */
export async function sendBody(
  request: ClientRequest,
  body: OutgoingRequest['body'],
  stall: StallWatch,
  isAnswered: () => boolean,
): Promise<void> {
  for await (const piece of body instanceof Uint8Array ? slices(body) : (body ?? [])) {
    if (isAnswered() || request.destroyed) return;
    stall.expect();
    // Whoever feeds us may use its buffer again, so the next piece waits until this one has left.
    const gone = await new Promise<unknown>((resolve) => request.write(piece, resolve));
    if (gone) return;
    stall.rest();
  }
  stall.expect();
  request.end();
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}
