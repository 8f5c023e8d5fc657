import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BufferPool } from '../../kernel/index.ts';
import type { PartialBlob } from '../../store/index.ts';
import { registryErrors } from '../errors.ts';

/** The bytes of a body; ends with `registry.stalled` where nothing came for so long, and the connection with it. */
export async function* bodyOf(
  request: IncomingMessage,
  response: ServerResponse,
  stallMs: number,
): AsyncGenerator<Uint8Array> {
  if (awaitsContinue(request)) response.writeContinue();
  const timer = setTimeout(() => request.destroy(registryErrors.stalled()), stallMs);
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      timer.refresh();
      yield chunk as Uint8Array;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** True for a client that sends its body only after it was told to (RFC 9110 10.1.1). */
export function awaitsContinue(request: IncomingMessage): boolean {
  return /^100-continue$/i.test(request.headers.expect ?? '');
}

/** All of a body of at most `maxBytes`, within `wholeMs`; throws `registry.manifestTooLarge` before more is taken. */
export async function smallBody(
  request: IncomingMessage,
  response: ServerResponse,
  { maxBytes, wholeMs, stallMs }: { maxBytes: number; wholeMs: number; stallMs: number },
): Promise<Buffer> {
  const tooLarge = () => registryErrors.manifestTooLarge({ limitBytes: maxBytes });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const timer = setTimeout(() => request.destroy(registryErrors.stalled()), wholeMs);
  try {
    const parts: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const part of bodyOf(request, response, stallMs)) {
      sizeBytes += part.length;
      if (sizeBytes > maxBytes) throw tooLarge();
      parts.push(part);
    }
    return Buffer.concat(parts);
  } finally {
    clearTimeout(timer);
  }
}

/** Appends a body to a blob on its way in, a buffer at a time; what came before a break stays. `check` is told how many bytes it has then. */
export async function appendBody(
  partial: PartialBlob,
  body: AsyncIterable<Uint8Array>,
  buffers: BufferPool,
  check: (sizeBytes: number) => void,
): Promise<void> {
  const pair = [buffers.take(), buffers.take()] as const;
  let turn: 0 | 1 = 0;
  let filled = 0;
  let at = partial.sizeBytes;
  let writing = Promise.resolve();
  const flush = async () => {
    await writing;
    if (filled === 0) return;
    writing = partial.write(at, pair[turn].subarray(0, filled));
    // The next flush or the end waits for it; until then a failure must not count as unhandled.
    writing.catch(() => {});
    at += filled;
    filled = 0;
    turn = turn === 0 ? 1 : 0;
  };
  try {
    for await (const part of body) {
      for (let from = 0; from < part.length; ) {
        const buffer = pair[turn];
        const length = Math.min(part.length - from, buffer.length - filled);
        buffer.set(part.subarray(from, from + length), filled);
        filled += length;
        from += length;
        if (filled === buffer.length) await flush();
      }
      check(at + filled);
    }
  } finally {
    try {
      await flush();
      await writing;
    } finally {
      for (const buffer of pair) buffers.giveBack(buffer);
    }
  }
}
