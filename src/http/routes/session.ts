import { createRoute } from '@hono/zod-openapi';
import type { OpenedSession } from '../../auth/index.ts';
import { type HttpContext, newApp, userOf } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import { isOpenTo, requireCsrf } from '../guard/access.ts';
import { clearSessionCookie, writeSessionCookie } from '../guard/cookie.ts';
import { replayOriginFor } from '../origins.ts';
import { credentials, session, setup } from '../schema/session.ts';
import { json, jsonBody, problems } from './answers.ts';

const get = createRoute({
  method: 'get',
  path: '/api/session',
  summary: 'Who one is, and what the server asks for',
  security: [],
  responses: { 200: json(session, 'The session'), ...problems },
});

const logIn = createRoute({
  method: 'post',
  path: '/api/session',
  summary: 'Log in; the answer sets the cookie of the session',
  security: [],
  request: { body: jsonBody(credentials) },
  responses: { 200: json(session, 'The session'), ...problems },
});

const logOut = createRoute({
  method: 'delete',
  path: '/api/session',
  summary: 'Log out',
  responses: { 204: { description: 'Logged out' }, ...problems },
});

const setUp = createRoute({
  method: 'post',
  path: '/api/setup',
  summary: 'Make the first administrator with the code from the file setup-code in the data folder',
  security: [],
  request: { body: jsonBody(setup) },
  responses: { 200: json(session, 'The session'), ...problems },
});

/** Logging in and out, and the first setup. */
export function sessionRoutes(deps: Pick<HttpDeps, 'auth' | 'clock' | 'clusters' | 'config' | 'registry'>) {
  const { auth, clock, config } = deps;
  const common = async (c: HttpContext) => ({
    registry: deps.registry !== undefined,
    clusters: (await deps.clusters?.any()) === true,
    version: config.version,
    replayOrigin: replayOriginFor(c, config),
  });
  const begin = async (c: HttpContext, opened: OpenedSession) => {
    const before = c.get('access');
    // Whoever logs in again leaves no session behind that nobody holds.
    if (before.by === 'session') await auth.logOut(before.secret);
    writeSessionCookie(c, opened, clock.now());
    const { name, role } = opened.user;
    return {
      mode: isOpenTo(c, config) ? ('open' as const) : ('login' as const),
      user: { name, role },
      csrf: opened.csrf,
      ...(await common(c)),
    };
  };

  return newApp()
    .openapi(get, async (c) => {
      const access = c.get('access');
      const user = userOf(c);
      // The end of the session moved on, so the browser's copy has to as well.
      const opened = access.by === 'session' ? await auth.findSession(access.secret) : undefined;
      if (opened) writeSessionCookie(c, opened, clock.now());
      const mode = isOpenTo(c, config) ? 'open' : (await auth.needsSetup()) ? 'setup' : 'login';
      const body = {
        mode,
        user: user ? { name: user.name, role: user.role } : null,
        csrf: access.by === 'session' ? access.csrf : '',
        ...(await common(c)),
      } as const;
      return c.json(body, 200);
    })
    .openapi(logIn, async (c) => {
      const opened = await auth.logIn({ ...c.req.valid('json'), address: c.get('peer').address });
      return c.json(await begin(c, opened), 200);
    })
    .openapi(logOut, async (c) => {
      requireCsrf(c);
      const access = c.get('access');
      if (access.by === 'session') await auth.logOut(access.secret);
      clearSessionCookie(c);
      return c.body(null, 204);
    })
    .openapi(setUp, async (c) => {
      const { code, ...wanted } = c.req.valid('json');
      const opened = await auth.setUp(code, { ...wanted, address: c.get('peer').address });
      return c.json(await begin(c, opened), 200);
    });
}
