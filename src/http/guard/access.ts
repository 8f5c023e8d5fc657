import type { MiddlewareHandler } from 'hono';
import { type Auth, authErrors, equalSecrets } from '../../auth/index.ts';
import type { Access, Env, HttpContext } from '../context.ts';
import type { HttpConfig } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { readSessionCookie } from './cookie.ts';
import { hostOf, isLoopbackHost } from './host.ts';
import { isMutating } from './requests.ts';

/** Finds out by what right a request comes: an API token, a session, or because the server is open to this machine. */
export function readAccess(auth: Auth, config: HttpConfig): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('access', await accessOf(c, auth, config));
    await next();
  };
}

/** Refuses who has no right, and changes in a session that do not carry its CSRF token. */
export function requireAccess(): MiddlewareHandler<Env> {
  return async (c, next) => {
    const access = c.get('access');
    if (access.by === 'nothing') throw authErrors.loginNeeded();
    requireCsrf(c);
    await next();
  };
}

/** Throws `http.csrf` for a change in a session without its token. */
export function requireCsrf(c: HttpContext): void {
  const access = c.get('access');
  if (access.by !== 'session' || !isMutating(c.req.method)) return;
  if (!equalSecrets(c.req.header('x-holdfast-csrf') ?? '', access.csrf)) throw httpErrors.csrf();
}

/** By what right a request comes; throws `auth.badToken` for an API token that is not valid. */
export async function accessOf(c: HttpContext, auth: Auth, config: HttpConfig): Promise<Access> {
  const header = c.req.header('authorization');
  if (header !== undefined) {
    const token = /^(?:Bearer|Token) +(\S{1,200})$/i.exec(header.trim())?.[1];
    const user = token === undefined ? undefined : await auth.findTokenUser(token);
    // Somebody who sends a token means it, so a wrong one is never passed over.
    if (!user) throw authErrors.badToken();
    return { by: 'token', user };
  }
  const secret = readSessionCookie(c);
  const session = secret === undefined ? undefined : await auth.findSession(secret);
  if (session) return { by: 'session', user: session.user, secret: session.secret, csrf: session.csrf };
  return isOpenTo(c, config) ? { by: 'open' } : { by: 'nothing' };
}

/** True where no login is needed: asked for by the configuration, and the request comes from this very machine. */
export function isOpenTo(c: HttpContext, config: HttpConfig): boolean {
  return config.open && c.get('peer').isLocal && isLoopbackHost(hostOf(c));
}
