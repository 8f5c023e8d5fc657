import { isIP } from 'node:net';
import type { HttpContext } from '../context.ts';
import type { HttpConfig } from '../deps.ts';
import { isLoopbackAddress } from './peer.ts';

/** The host part of a `Host` header, without brackets and port, lower case; undefined where it is malformed. */
export function hostnameOf(host: string): string | undefined {
  const [, bracketed, name] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(host) ?? [];
  return (bracketed ?? name)?.toLowerCase().replace(/\.$/, '');
}

/** The `Host` of a request; the URL's where there was no network. */
export function hostOf(c: HttpContext): string {
  return (c.req.header('host') ?? new URL(c.req.url).host).toLowerCase();
}

/** True for `localhost`, 127.0.0.0/8 and ::1. */
export function isLoopbackHost(host: string): boolean {
  const name = hostnameOf(host);
  return name !== undefined && (name === 'localhost' || isLoopbackAddress(name));
}

/**
 * True where a request may name this host. A page that rebinds its name to our address sends its own name, so only
 * ours pass: loopback, the public origin, and, where a login is asked for, any literal address (none can be rebound).
 */
export function isOwnHost(
  host: string,
  config: Pick<HttpConfig, 'open'>,
  ownOrigin: string | undefined,
): boolean {
  if (isLoopbackHost(host)) return true;
  if (ownOrigin !== undefined && new URL(ownOrigin).host === host) return true;
  const name = hostnameOf(host);
  return !config.open && name !== undefined && isIP(name) !== 0;
}
