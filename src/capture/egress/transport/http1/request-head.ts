import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { OutgoingRequest } from '../../../../kernel/index.ts';

/** How the body of a request is told from what follows it. */
export type RequestFraming =
  | { readonly kind: 'length'; readonly sizeBytes: number }
  | { readonly kind: 'chunked' };

/** How a request's body is sent: by the length that is known or named, else in chunks; throws for a length that is none. */
export function requestFraming({ method, headers, body }: OutgoingRequest): RequestFraming | undefined {
  if (body instanceof Uint8Array) return { kind: 'length', sizeBytes: body.length };
  if (body === undefined)
    return method === 'POST' || method === 'PUT' || method === 'PATCH'
      ? { kind: 'length', sizeBytes: 0 }
      : undefined;
  const named = headers?.['content-length'];
  if (named === undefined) return { kind: 'chunked' };
  if (!/^\d{1,15}$/.test(named)) throw new Error('the length that is named for the body is no number');
  return { kind: 'length', sizeBytes: Number(named) };
}

/** The head of a request (RFC 9112 3 and 5) in latin1; throws for a header that would not stay one. */
export function requestHead(url: URL, request: OutgoingRequest, framing: RequestFraming | undefined): string {
  const headers: Record<string, string> = { ...request.headers };
  delete headers['content-length'];
  delete headers['transfer-encoding'];
  headers.host = url.host;
  headers.connection = 'keep-alive';
  if (framing?.kind === 'length') headers['content-length'] = String(framing.sizeBytes);
  if (framing?.kind === 'chunked') headers['transfer-encoding'] = 'chunked';
  const lines = Object.entries(headers).map(([name, value]) => {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return `${name}: ${value}\r\n`;
  });
  return `${request.method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
