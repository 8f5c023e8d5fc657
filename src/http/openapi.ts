import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from './context.ts';

/** The OpenAPI 3.1 document of everything that is routed, made from the schemas that check the requests. */
export function documentOf(app: OpenAPIHono<Env>, version: string) {
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token (hf_…); the scheme "Token" is taken too',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'holdfast_session',
    description: 'Changes carry the header x-holdfast-csrf with the value from GET /api/session',
  });
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version,
      description:
        'Keeps what is behind a link. Errors are application/problem+json (RFC 9457); on a loopback address no login is needed.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    security: [{ token: [] }, { session: [] }],
  });
}
