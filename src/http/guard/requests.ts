import type { MiddlewareHandler } from 'hono';
import type { Env, HttpContext } from '../context.ts';
import type { HttpConfig } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { hostOf, isOwnHost } from './host.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True for a request that changes something. */
export const isMutating = (method: string): boolean => !safeMethods.has(method);

/** Refuses requests that name a host which is not ours (DNS rebinding). */
export function refuseForeignHosts(config: HttpConfig): MiddlewareHandler<Env> {
  return async (c, next) => {
    const host = hostOf(c);
    if (!isOwnHost(host, config, config.publicOrigin)) throw httpErrors.host({ host: host.slice(0, 200) });
    await next();
  };
}

/**
 * Refuses what another site makes a browser send: changes must come from our own origin (or from no browser at all),
 * and reads may come from elsewhere only as a navigation that a person sees.
 */
export function refuseCrossSite(config: HttpConfig): MiddlewareHandler<Env> {
  return async (c, next) => {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    if (isMutating(c.req.method)) {
      if (origin !== undefined && !isOwnOrigin(c, origin, config)) throw crossSite(origin);
      if (site !== undefined && site !== 'same-origin' && site !== 'none') throw crossSite(origin ?? site);
    } else if (site === 'cross-site' || site === 'same-site') {
      const isNavigation =
        c.req.header('sec-fetch-mode') === 'navigate' && c.req.header('sec-fetch-dest') === 'document';
      if (!isNavigation) throw crossSite(origin ?? site);
    }
    await next();
  };
}

const crossSite = (origin: string) => httpErrors.crossSite({ origin: origin.slice(0, 200) });

function isOwnOrigin(c: HttpContext, origin: string, config: HttpConfig): boolean {
  if (config.publicOrigin !== undefined && origin === new URL(config.publicOrigin).origin) return true;
  return origin === `${c.get('peer').isHttps ? 'https' : 'http'}://${hostOf(c)}`;
}

/** Refuses bodies that are not JSON: a form of another site can send every other type without being asked. */
export function requireJson(): MiddlewareHandler<Env> {
  return async (c, next) => {
    const type = c.req.header('content-type');
    const isJson = type !== undefined && /^application\/json\s*(?:;|$)/i.test(type);
    if (isMutating(c.req.method) && !isJson && (type !== undefined || hasBody(c)))
      throw httpErrors.mediaType({ mediaType: (type ?? '').slice(0, 100) });
    await next();
  };
}

function hasBody(c: HttpContext): boolean {
  const length = c.req.header('content-length');
  if (length !== undefined) return length !== '0';
  if (c.req.header('transfer-encoding') !== undefined) return true;
  return c.env?.incoming === undefined && c.req.raw.body !== null;
}
