import type { Exchange } from '../format.ts';

/** How much of a body goes into the index. */
const maxQueryLength = 4096;

/**
 * A request's body as the query that web archives file it under, so that two POSTs to one URL can be told apart;
 * undefined for a GET. Forms stay what they are, JSON and multipart become `name=value`, the rest is base 64.
 */
export function postQuery(exchange: Exchange): string | undefined {
  if (exchange.method === 'GET') return undefined;
  const body = exchange.requestBody ?? '';
  const contentType =
    exchange.requestHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return queryOf(contentType, body).slice(0, maxQueryLength);
}

function queryOf(contentType: string, body: string): string {
  switch (contentType.split(';', 1)[0]) {
    case 'application/x-www-form-urlencoded':
      return body;
    case 'application/json':
    // Players look text up as JSON too; what is none gives an empty query there, and so it must here.
    case 'text/plain':
      return jsonQuery(body) ?? '';
    case 'multipart/form-data':
      return multipartQuery(contentType, body);
    default:
      return `__wb_post_data=${Buffer.from(body).toString('base64')}`;
  }
}

function jsonQuery(body: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  const query = new URLSearchParams();
  const seen = new Map<string, number>();
  for (const [key, text] of leaves(value, '')) {
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    query.set(times === 1 ? key : `${key}.${times}_`, text);
  }
  return query.toString();
}

/** Every scalar with the name of the property that it stands in; empty text is left out. Walks by a stack of its own: hostile JSON is deep. */
function* leaves(root: unknown, rootKey: string): Generator<[string, string]> {
  const open: [string, unknown][] = [[rootKey, root]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [key, value] = next;
    if (Array.isArray(value)) open.push(...value.map((one): [string, unknown] => [key, one]).reverse());
    else if (typeof value === 'object' && value !== null) open.push(...Object.entries(value).reverse());
    else if (value === null) yield [key, 'null'];
    else if (String(value) !== '') yield [key, String(value)];
  }
}

function multipartQuery(contentType: string, body: string): string {
  const boundary = contentType.split('boundary=')[1];
  const query = new URLSearchParams();
  for (const part of boundary === undefined ? [] : body.split(`--${boundary}`)) {
    const field = /name="([^"]+)"\r\n\r\n(.*)/i.exec(part.trim());
    if (field) query.set(field[1]!, field[2]!);
  }
  return query.toString();
}
