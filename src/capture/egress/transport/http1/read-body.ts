import type { Framing } from './framing.ts';
import { type Inbound, slabBytes } from './inbound.ts';
import { readLine } from './lines.ts';
import { readHeaders } from './read-headers.ts';

/** Of a body that is larger, pieces are handed on from this size on where they come that fast. */
const gatheredBytes = slabBytes / 2;
const maxTrailerBytes = 16 * 1024;
const maxChunkLineBytes = 4 * 1024;
const chunkLine =
  /^([0-9a-fA-F]{1,13})(?:;[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:=(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+|"[\t\x20\x21\x23-\x5b\x5d-\x7e]*"))?)*$/;

/**
 * The bytes of a body, up to its end and none beyond; a piece is good until the next one is asked for. Rejects where the
 * connection ends before the body does, and where its coding is not as it must be.
 */
export function readBody(inbound: Inbound, framing: Framing): AsyncGenerator<Uint8Array> {
  if (framing.kind === 'length') return readLength(inbound, framing.sizeBytes);
  return framing.kind === 'chunked' ? readChunks(inbound) : readToEnd(inbound);
}

async function* readLength(inbound: Inbound, sizeBytes: number): AsyncGenerator<Uint8Array> {
  let left = sizeBytes;
  while (left > 0) {
    const arrived = await inbound.arrived(Math.min(left, gatheredBytes));
    if (!arrived) throw new Error(`the connection was closed ${left} bytes before the end`);
    const piece = arrived.subarray(0, left);
    left -= piece.length;
    try {
      yield piece;
    } finally {
      inbound.consume(piece.length);
    }
  }
}

/** RFC 9112 7.1; extensions and trailers are passed over. */
async function* readChunks(inbound: Inbound): AsyncGenerator<Uint8Array> {
  for (;;) {
    const line = await readLine(inbound, { leftBytes: maxChunkLineBytes });
    const [, size] = chunkLine.exec(line) ?? [];
    if (size === undefined) throw new Error('a chunk does not begin with its size');
    const sizeBytes = Number.parseInt(size, 16);
    if (sizeBytes === 0) break;
    yield* readLength(inbound, sizeBytes);
    if ((await readLine(inbound, { leftBytes: 2 })) !== '') throw new Error('a chunk is longer than it says');
  }
  await readHeaders(inbound, { leftBytes: maxTrailerBytes });
}

async function* readToEnd(inbound: Inbound): AsyncGenerator<Uint8Array> {
  for (;;) {
    const arrived = await inbound.arrived(gatheredBytes);
    if (!arrived) return;
    try {
      yield arrived;
    } finally {
      inbound.consume(arrived.length);
    }
  }
}
