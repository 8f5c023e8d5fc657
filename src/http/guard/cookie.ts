import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { OpenedSession } from '../../auth/index.ts';
import type { HttpContext } from '../context.ts';

const name = 'holdfast_session';
/** A browser takes a cookie with this prefix only by https, for the whole host and nothing above it. */
const secureName = `__Host-${name}`;

const nameFor = (c: HttpContext) => (c.get('peer').isHttps ? secureName : name);

const attributesFor = (c: HttpContext) =>
  ({ path: '/', httpOnly: true, sameSite: 'Strict', secure: c.get('peer').isHttps }) as const;

/** The secret of the session that a request claims. */
export function readSessionCookie(c: HttpContext): string | undefined {
  return getCookie(c, nameFor(c));
}

/** Gives the browser a session. */
export function writeSessionCookie(c: HttpContext, session: OpenedSession, nowMs: number): void {
  const maxAge = Math.max(0, Math.floor((session.expiresAt - nowMs) / 1_000));
  setCookie(c, nameFor(c), session.secret, { ...attributesFor(c), maxAge });
}

/** Takes the session from the browser. */
export function clearSessionCookie(c: HttpContext): void {
  deleteCookie(c, nameFor(c), attributesFor(c));
}
