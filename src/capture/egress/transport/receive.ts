import type { IncomingMessage } from 'node:http';
import type { IncomingResponse } from '../../../kernel/index.ts';
import type { StallWatch } from './stall.ts';

/** So much of a body that nobody wants is read, so that its connection can be used again. */
const drainBytes = 64 * 1024;
const drainMs = 2_000;

/** An answer as the transport's users see it; `failure` says of an error in the body's middle what it is. */
export function receive(
  answer: IncomingMessage,
  stall: StallWatch,
  failure: (error: unknown) => unknown,
): IncomingResponse {
  // Whoever has the answer may not have begun to read when it breaks off; reading tells of it then.
  answer.on('error', () => {});
  return {
    status: answer.statusCode!,
    headers: joined(answer),
    body: bodyOf(answer, stall, failure),
    discard: () => drain(answer),
  };
}

async function* bodyOf(
  answer: IncomingMessage,
  stall: StallWatch,
  failure: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = answer.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      stall.expect();
      const { done, value } = await chunks.next();
      stall.rest();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw failure(error);
  } finally {
    stall.rest();
    await chunks.return?.();
    drain(answer);
  }
}

function drain(answer: IncomingMessage): void {
  if (answer.readableEnded || answer.destroyed) return;
  let left = drainBytes;
  const late = setTimeout(() => answer.destroy(), drainMs);
  answer.once('close', () => clearTimeout(late));
  answer.on('data', (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) answer.destroy();
  });
  answer.resume();
}

/** Names in lower case; cookies, which cannot be joined (RFC 9110 5.3), are kept by nobody here. */
function joined(answer: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers))
    if (typeof value === 'string') headers[name] = value;
  return headers;
}
