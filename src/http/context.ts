import type { IncomingMessage } from 'node:http';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { User } from '../auth/index.ts';
import type { Language } from '../texts/index.ts';
import { httpErrors } from './errors.ts';
import type { Peer } from './guard/peer.ts';

/** By what right a request is answered. */
export type Access =
  | { readonly by: 'open' }
  | { readonly by: 'token'; readonly user: User }
  | { readonly by: 'session'; readonly user: User; readonly secret: string; readonly csrf: string }
  | { readonly by: 'nothing' };

export interface Env {
  // Absent in tests without a port.
  Bindings: { readonly incoming?: IncomingMessage };
  Variables: { language: Language; peer: Peer; access: Access };
}

export type HttpContext = Context<Env>;

/** A group of routes whose input is checked by their schemas; what does not fit becomes `http.input`. */
export function newApp(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw httpErrors.input({}, { cause: result.error });
    },
  });
}

/** The user of the request; undefined where the server is open and nobody logged in. */
export function userOf(c: HttpContext): User | undefined {
  const access = c.get('access');
  return 'user' in access ? access.user : undefined;
}
