import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { allowedAddress, startOrigin, type TestServer } from '../../egress/testing/servers.ts';

/** Bytes that repeat nowhere near. */
export function bytesOf(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let block = createHash('sha512').update(String(seed)).digest();
  for (let at = 0; at < size; at += block.length) {
    block = createHash('sha512').update(block).digest();
    block.copy(bytes, at);
  }
  return bytes;
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export interface ServedFile {
  bytes: Buffer;
  etag?: string | undefined;
  /** False: the whole is the answer to a range too. */
  ranges?: boolean;
  headers?: Record<string, string>;
}

type Interfere = (
  request: IncomingMessage,
  response: ServerResponse,
  range: readonly [number, number] | undefined,
) => unknown;

/** A server of files that counts what it was asked for. */
export interface FileServer extends AsyncDisposable {
  readonly origin: string;
  readonly server: TestServer;
  /** What each request for a file asked for, `path` or `path start-end`, in order. */
  readonly asked: string[];
  /** Bytes of files that went out. */
  sentBytes: number;
  readonly files: Record<string, ServedFile>;
  /** Called first; whatever it answers but undefined ends the request there. */
  interfere: Interfere | undefined;
}

export async function startFileServer(
  files: Record<string, ServedFile>,
  address = allowedAddress,
): Promise<FileServer> {
  const asked: string[] = [];
  const server = await startOrigin((request, response) => {
    const path = request.url!.split('?')[0]!;
    const file = served.files[path];
    if (!file) return void response.writeHead(404).end('no such file');
    const range = rangeOf(request, file);
    asked.push(range ? `${path} ${range[0]}-${range[1] - 1}` : path);
    if (served.interfere?.(request, response, range) !== undefined) return;
    send(response, file, range, (bytes) => {
      served.sentBytes += bytes;
    });
  }, address);
  const served: FileServer = {
    origin: `http://${address}:${server.port}`,
    server,
    asked,
    sentBytes: 0,
    files,
    interfere: undefined,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return served;
}

/** The range that is asked for, if it is to be honoured. */
function rangeOf(request: IncomingMessage, file: ServedFile): readonly [number, number] | undefined {
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  const condition = request.headers['if-range'];
  if (start === undefined || file.ranges === false || Number(start) >= file.bytes.length) return undefined;
  if (condition !== undefined && condition !== file.etag) return undefined;
  return [Number(start), Math.min(Number(end) + 1, file.bytes.length)];
}

function send(
  response: ServerResponse,
  file: ServedFile,
  range: readonly [number, number] | undefined,
  onSent: (bytes: number) => void,
): void {
  const body = range ? file.bytes.subarray(...range) : file.bytes;
  response.writeHead(range ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'content-length': body.length,
    ...(file.ranges !== false && { 'accept-ranges': 'bytes' }),
    ...(file.etag !== undefined && { etag: file.etag }),
    ...(range && { 'content-range': `bytes ${range[0]}-${range[1] - 1}/${file.bytes.length}` }),
    ...file.headers,
  });
  onSent(body.length);
  response.end(body);
}
