import { STATUS_CODES } from 'node:http';
import type { Exchange, HeaderLine } from '../format.ts';
import { oneLine } from './warc-record.ts';

/** Headers that spoke of the bytes on the wire; the stored body is decoded. */
const ofTheWire = new Set(['content-encoding', 'transfer-encoding', 'content-length', 'trailer']);

/** Status line and headers, with the blank line, of a response whose body follows decoded, with the length that it has so. */
export function responseHead(exchange: Exchange): Buffer {
  const kept = exchange.responseHeaders.filter(([name]) => !ofTheWire.has(name.toLowerCase()));
  const statusText = exchange.statusText || reasons[exchange.status] || 'Unknown';
  return head(`HTTP/1.1 ${exchange.status} ${oneLine(statusText)}`, [
    ...kept,
    ['Content-Length', String(exchange.body?.size ?? 0)],
  ]);
}

/** Request line and headers, with the blank line and with the host that HTTP/2 carries elsewhere. */
export function requestHead(exchange: Exchange): Buffer {
  const url = URL.canParse(exchange.url) ? new URL(exchange.url) : undefined;
  const target = url === undefined ? '/' : `${url.pathname}${url.search}`;
  const kept = exchange.requestHeaders.filter(
    ([name]) => !ofTheWire.has(name.toLowerCase()) && name.toLowerCase() !== 'host',
  );
  const body = exchange.requestBody;
  return head(`${token.test(exchange.method) ? exchange.method : 'GET'} ${target} HTTP/1.1`, [
    ['Host', url?.host ?? ''],
    ...kept,
    ...(body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const]),
  ]);
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function head(first: string, headers: readonly HeaderLine[]): Buffer {
  const lines = headers
    // Also leaves out the pseudo-headers of HTTP/2, `:status` and its like.
    .filter(([name]) => token.test(name))
    // A browser's log joins headers of one name by line feeds.
    .flatMap(([name, value]) => value.split('\n').map((part) => `${name}: ${oneLine(part).trim()}`));
  // As UTF-8, which readers of WARC expect; the last one is the blank line before the body.
  return Buffer.from(`${[first, ...lines, ''].join('\r\n')}\r\n`);
}

/** HTTP/2 sends no reason; readers of WARC want one (RFC 9110, 15). */
const reasons: Readonly<Record<number, string>> = STATUS_CODES as Record<number, string>;
