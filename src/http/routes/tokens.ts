import { createRoute, z } from '@hono/zod-openapi';
import { type HttpContext, newApp, userOf } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { idParam } from '../schema/requests.ts';
import { apiToken, createdApiToken, newApiToken } from '../schema/session.ts';
import { tokenView } from '../views.ts';
import { json, jsonBody, problems } from './answers.ts';

const list = createRoute({
  method: 'get',
  path: '/api/tokens',
  summary: 'One’s own API tokens, newest first',
  responses: {
    200: json(z.object({ tokens: z.array(apiToken) }).openapi('ApiTokenList'), 'The tokens'),
    ...problems,
  },
});

const create = createRoute({
  method: 'post',
  path: '/api/tokens',
  summary: 'Make an API token; it is shown this once',
  request: { body: jsonBody(newApiToken) },
  responses: { 201: json(createdApiToken, 'The token'), ...problems },
});

const revoke = createRoute({
  method: 'delete',
  path: '/api/tokens/{id}',
  summary: 'Revoke an API token',
  request: { params: idParam },
  responses: { 204: { description: 'Revoked' }, ...problems },
});

/** The API tokens of the user who asks. */
export function tokenRoutes({ auth }: Pick<HttpDeps, 'auth'>) {
  const owner = (c: HttpContext) => {
    const user = userOf(c);
    if (!user) throw httpErrors.noUser();
    return user.id;
  };
  return newApp()
    .openapi(list, async (c) => {
      const user = userOf(c);
      const tokens = user ? await auth.listTokens(user.id) : [];
      return c.json({ tokens: tokens.map(tokenView) }, 200);
    })
    .openapi(create, async (c) => {
      const made = await auth.createToken(owner(c), c.req.valid('json').name);
      return c.json({ ...tokenView(made), token: made.token }, 201);
    })
    .openapi(revoke, async (c) => {
      await auth.revokeToken(owner(c), c.req.valid('param').id);
      return c.body(null, 204);
    });
}
