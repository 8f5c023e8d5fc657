import { isIP } from 'node:net';

/**
 * `host:port` of the debugging protocol of a browser that is named by its address, as a list for the egress guard: who
 * reaches it owns the browser. Empty for a path, and for a name, which the guard cannot hold a connection against.
 */
export function debuggingAddress(browser: string | null): readonly string[] {
  const url = browser !== null && /^(https?|wss?):\/\//i.test(browser) ? URL.parse(browser) : null;
  if (url === null) return [];
  const isLiteral = isIP(url.hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
  if (!isLiteral && url.hostname !== 'localhost') return [];
  return [`${url.hostname}:${url.port || (/^(https|wss):$/.test(url.protocol) ? 443 : 80)}`];
}
