import type { HttpContext } from './context.ts';
import type { HttpConfig } from './deps.ts';
import { hostnameOf, hostOf, isLoopbackHost } from './guard/host.ts';

/** The replay's origin as the browser that sent this request reaches it. */
export function replayOriginFor(c: HttpContext, config: HttpConfig): string {
  return config.replayOrigin ?? originOn(c, config.ports.replay);
}

/**
 * The origins that the web interface may frame the replay from, as sources of a CSP. A loopback address has several
 * names, and a browser may have either.
 */
export function uiOriginsFor(c: HttpContext, config: HttpConfig): readonly string[] {
  const origins = config.publicOrigin === undefined ? [] : [config.publicOrigin];
  if (config.publicOrigin === undefined || isLoopbackHost(hostOf(c)))
    origins.push(originOn(c, config.ports.ui));
  if (isLoopbackHost(hostOf(c)))
    for (const name of ['127.0.0.1', 'localhost']) origins.push(`http://${name}:${config.ports.ui}`);
  return [...new Set(origins)];
}

function originOn(c: HttpContext, port: number): string {
  const name = hostnameOf(hostOf(c)) ?? '127.0.0.1';
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
