import type { MiddlewareHandler } from 'hono';
import type { Env, HttpContext } from '../context.ts';

/** What an answer of the API may do in a browser: nothing. */
export const inertPolicy =
  "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

/** What every answer of the application's origin carries. */
const always: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'X-DNS-Prefetch-Control': 'off',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'Permissions-Policy':
    'accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()',
};

/** Puts the security headers on an answer, those that it has already excepted. */
export function addSecurityHeaders(c: HttpContext): void {
  for (const [name, value] of Object.entries(always)) if (!c.res.headers.has(name)) c.header(name, value);
  if (!c.res.headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', inertPolicy);
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  if (c.get('peer')?.isHttps) c.header('Strict-Transport-Security', 'max-age=31536000');
}

/** The security headers on every answer of an app; errors get theirs where they are turned into problems. */
export function securityHeaders(): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    addSecurityHeaders(c);
  };
}
