import { z } from '@hono/zod-openapi';

/** An error as RFC 9457 has it; `code` and `hint` are ours. */
export const problem = z
  .object({
    type: z.string().openapi({ example: 'about:blank' }),
    title: z.string(),
    status: z.number(),
    /** In the language of the request, as `hint` and the details of `errors`. */
    detail: z.string(),
    code: z.string().openapi({ example: 'links.notFound' }),
    hint: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .openapi('Problem');
