import { z } from '@hono/zod-openapi';

const name = z.string().min(1).max(200);
const password = z.string().min(1).max(2_000);

export const session = z
  .object({
    /** open: no login is needed; setup: the first administrator is still to be made. */
    mode: z.enum(['open', 'login', 'setup']),
    user: z.object({ name: z.string(), role: z.enum(['administrator', 'member']) }).nullable(),
    /** What changes in this session carry in `x-holdfast-csrf`; empty where there is no session. */
    csrf: z.string(),
    version: z.string(),
    replayOrigin: z.string(),
    /** True where this server runs a registry. */
    registry: z.boolean(),
    /** True where this server knows a cluster. */
    clusters: z.boolean(),
  })
  .openapi('Session');

export const credentials = z.object({ name, password }).openapi('Credentials');

export const setup = z.object({ code: z.string().min(1).max(200), name, password }).openapi('Setup');

export const apiToken = z
  .object({
    id: z.string(),
    name: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .openapi('ApiToken');

export const newApiToken = z.object({ name: z.string().min(1).max(200) }).openapi('NewApiToken');

export const createdApiToken = apiToken
  .extend({
    /** Shown this once. */
    token: z.string(),
  })
  .openapi('CreatedApiToken');
