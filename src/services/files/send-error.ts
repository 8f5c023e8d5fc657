import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HoldfastError } from '../../kernel/index.ts';

interface Failed {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly error: HoldfastError;
  readonly say: (error: HoldfastError) => string;
  readonly onStatus: (status: number) => void;
}

const statuses: Readonly<Record<string, number>> = {
  'files.badPath': 400,
  'files.noFile': 404,
  'files.refused': 410,
  'files.unknownAddress': 403,
  'files.notForNode': 403,
  'files.badMethod': 405,
  'files.badRange': 416,
  'files.precondition': 412,
};

/** Tells a client in plain text what went wrong; where the answer has begun, the connection is all that can be cut. */
export async function sendError({ request, response, error, say, onStatus }: Failed): Promise<void> {
  if (response.headersSent || request.socket.destroyed) {
    request.socket.destroy();
    return;
  }
  const status = statuses[error.code] ?? 500;
  onStatus(status);
  const body = Buffer.from(`${say(error)}\n`);
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 405 && { allow: 'GET, HEAD' }),
    ...(status === 416 && { 'content-range': `bytes */${error.details.sizeBytes}` }),
  });
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.end(request.method === 'HEAD' ? undefined : body);
  });
}
