import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Digest, isDigest } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';

/** Sends a JSON value; to HEAD its headers alone. */
export function sendJson(
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Sends an answer without a body. */
export function sendEmpty(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': '0' }) });
  response.end();
}

/** A digest of a path or a query; throws `registry.badDigest`. */
export function digestParameter(text: string | null): Digest {
  if (isDigest(text)) return text;
  throw registryErrors.badDigest({ digest: (text ?? '').slice(0, 200) });
}

/** `n` and `last` of a list (distribution-spec "Listing Tags"); throws `registry.badPage`. */
export function pageOf(query: URLSearchParams, most: number): { after?: string; limit: number } {
  const text = query.get('n');
  if (text !== null && !/^\d{1,9}$/.test(text)) throw registryErrors.badPage({ value: text.slice(0, 20) });
  const after = query.get('last');
  return { limit: Math.min(text === null ? most : Number(text), most), ...(after !== null && { after }) };
}

/** The `Link` to the next page (RFC 5988). */
export function nextLink(path: string, parameters: Readonly<Record<string, string>>): { link: string } {
  return { link: `<${path}?${new URLSearchParams(parameters)}>; rel="next"` };
}
