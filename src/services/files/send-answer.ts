import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BufferPool, sendPieces } from '../../kernel/index.ts';
import { type Answer, lengthOf } from './answer.ts';
import { filesErrors } from './errors.ts';
import type { Opened } from './opened.ts';

interface Recipient {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly buffers: BufferPool;
  readonly receiveMs: number;
  readonly onSent: (sizeBytes: number) => void;
}

/** What is no larger goes out in one write, without the large buffers. */
const smallBytes = 64 * 1024;

/** Sends an answer to its end and resolves once the kernel has all of it; throws `files.gone` and `files.changed`. */
export async function sendAnswer(answer: Answer, opened: Opened, to: Recipient): Promise<void> {
  const { request, response, onSent } = to;
  const { gone } = filesErrors;
  const body = request.method === 'HEAD' ? [] : answer.parts;
  const small = await wholeOf(body, opened);
  // Read before the head goes out: where the file was changed meanwhile, an error can still be told.
  response.writeHead(answer.status, answer.headers);
  if (small) return endWith(response, small, onSent);
  for (const part of body) {
    if (part instanceof Uint8Array) {
      if (!response.write(part)) await drained(response);
      onSent(part.length);
    } else await sendPieces(opened.read, part.start, part.end, { ...to, gone });
  }
  await endWith(response, undefined, onSent);
}

async function wholeOf(parts: Answer['parts'], opened: Opened): Promise<Uint8Array | undefined> {
  const [part] = parts;
  if (parts.length !== 1 || part === undefined || part instanceof Uint8Array) return undefined;
  if (opened.bytes) return opened.bytes.subarray(part.start, part.end);
  if (lengthOf(part) > smallBytes) return undefined;
  const bytes = Buffer.allocUnsafe(lengthOf(part));
  for (let at = 0; at < bytes.length; ) at += await opened.read(bytes.subarray(at), part.start + at);
  return bytes;
}

function endWith(
  response: ServerResponse,
  bytes: Uint8Array | undefined,
  onSent: (sizeBytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (response.destroyed) return reject(filesErrors.gone());
    response.once('close', () => {
      if (!response.writableFinished) return reject(filesErrors.gone());
      onSent(bytes?.length ?? 0);
      resolve();
    });
    response.end(bytes);
  });
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(filesErrors.gone());
    response.once('close', closed).once('drain', () => {
      response.off('close', closed);
      resolve();
    });
  });
}
