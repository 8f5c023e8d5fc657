import type { IncomingMessage, ServerResponse } from 'node:http';
import { awaitsContinue } from './body.ts';
import { challenge } from './handler.ts';
import { errorBody, ociErrorOf } from './oci-errors.ts';

/** How much of a body that nobody wants is read, and for how long, so that its sender gets to see the answer. */
const drainBytes = 8 * 1024 * 1024;
const drainMs = 2_000;

/** Tells a client what went wrong; where an answer has begun already, the connection is all that can be cut. */
export async function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): Promise<void> {
  if (response.headersSent || request.socket.destroyed) {
    request.socket.destroy();
    return;
  }
  const told = ociErrorOf(error);
  const body = Buffer.from(errorBody(told));
  const isUnread = !request.readableEnded && bodyFollows(request);
  response.writeHead(told.status, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...(told.status === 401 && { 'www-authenticate': challenge }),
    ...(told.status === 429 && { 'retry-after': '5' }),
    ...(isUnread && { connection: 'close' }),
  });
  if (request.method !== 'HEAD') response.write(body);
  if (isUnread && !awaitsContinue(request)) await drain(request);
  response.end();
}

function bodyFollows({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** A connection that is closed over bytes nobody read is reset, and the answer is lost with it. */
function drain(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let sizeBytes = 0;
    const timer = setTimeout(resolve, drainMs);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    request.on('data', (chunk: Uint8Array) => {
      sizeBytes += chunk.length;
      if (sizeBytes > drainBytes) done();
    });
    request.once('end', done).once('close', done);
  });
}
