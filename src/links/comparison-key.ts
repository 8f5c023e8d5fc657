import { isTracking } from './tracking-parameters.ts';

/**
 * What two spellings of one link have in common, itself a link: as the WHATWG URL parser reads it (scheme and host in
 * lower case, IDN as punycode, no default port, no dot segments), without the trailing dot of the host, without
 * tracking parameters, without a fragment that does not route, and with percent-encoding in one form.
 *
 * Parameters keep their order: a doubled link does less harm than two pages that are taken for one, and there are
 * servers that read a query by position.
 */
export function comparisonKey(url: URL): string {
  const host = url.hostname.replace(/\.$/, '');
  const port = url.port === '' ? '' : `:${url.port}`;
  return `${url.protocol}//${host}${port}${normalise(url.pathname)}${queryOf(url, host)}${routeOf(url)}`;
}

function queryOf(url: URL, host: string): string {
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isTracking(decodeName(pair), host))
    .map(normalise);
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

function decodeName(pair: string): string {
  const name = pair.split('=', 1)[0]!;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The fragment where it chooses what is shown (`#/route`, `#!route`), without what browsers strip (`:~:`). */
function routeOf(url: URL): string {
  const fragment = url.hash.split(':~:', 1)[0]!;
  return /^#(?:\/|!)/.test(fragment) ? normalise(fragment) : '';
}

/** RFC 3986 section 6.2.2: hex digits in upper case, unreserved characters not encoded; a lone `%` is encoded. */
function normalise(part: string): string {
  return part.replace(/%([0-9a-f]{2})?/gi, (_whole, hex: string | undefined) => {
    if (hex === undefined) return '%25';
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[\w.~-]/.test(character) ? character : `%${hex.toUpperCase()}`;
  });
}
