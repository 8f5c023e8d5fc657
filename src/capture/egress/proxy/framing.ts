import type { IncomingMessage } from 'node:http';
import { valuesOf } from './headers.ts';

/** What makes the end of a request's body doubtful (RFC 9112 6.3, request smuggling); undefined where nothing does. */
export function framingFault(request: IncomingMessage): string | undefined {
  const lengths = valuesOf(request.rawHeaders, 'content-length');
  const codings = valuesOf(request.rawHeaders, 'transfer-encoding');
  if (lengths.length > 0 && codings.length > 0)
    return 'Content-Length and Transfer-Encoding exclude each other';
  if (lengths.length > 1 || (lengths[0] !== undefined && !/^\d{1,15}$/.test(lengths[0])))
    return 'Content-Length is not one number';
  if (codings.length > 1 || (codings[0] !== undefined && codings[0].trim().toLowerCase() !== 'chunked'))
    return 'Transfer-Encoding is not "chunked"';
  if (codings.length > 0 && request.httpVersion !== '1.1') return 'Transfer-Encoding needs HTTP/1.1';
  if (valuesOf(request.rawHeaders, 'host').length > 1) return 'Host stands there more than once';
  return undefined;
}

/** True where a body follows the request's headers. */
export function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}
