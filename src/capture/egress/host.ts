import { isIP, isIPv6 } from 'node:net';

/** A host as a browser reads it: a literal address, or a name to resolve (lower case, no trailing dot). */
export type ParsedHost =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'name'; readonly name: string; readonly loopback: boolean };

/**
 * Reads a host by the WHATWG URL standard ("host parsing"), so that every spelling of an address (`0x7f.1`, `2130706433`,
 * full-width digits) is the address; undefined for what no browser would connect to. IPv6 may stand with or without brackets.
 */
export function parseHost(host: string): ParsedHost | undefined {
  const bare = host.replace(/^\[(.*)\]$/s, '$1');
  if (isIPv6(bare)) return { kind: 'address', address: bare };
  // The URL parser would take these for the end of the host, or drop them silently.
  if (host === '' || /[\s/\\?#@:<>^|]/.test(host)) return undefined;
  const url = URL.parse(`http://${host}/`);
  if (!url) return undefined;
  const parsed = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(parsed) !== 0) return { kind: 'address', address: parsed };
  const name = parsed.replace(/\.$/, '');
  if (name === '' || name.length > 253) return undefined;
  // RFC 6761: these are loopback whatever a name server says.
  return { kind: 'name', name, loopback: /(?:^|\.)localhost$/.test(name) };
}
