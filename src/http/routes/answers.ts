import type { z } from '@hono/zod-openapi';
import { problem } from '../schema/problem.ts';

const refused = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problem } },
});

/** The answers that any route may give instead of its own. */
export const problems = {
  400: refused('The request is not understood'),
  401: refused('A login is needed'),
  403: refused('Refused'),
  404: refused('Not found'),
  409: refused('It is in a state that does not allow this'),
  422: refused('A value is not valid'),
  500: refused('Something is damaged'),
  503: refused('Not possible at the moment'),
};

/** An answer of JSON. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** A request body of JSON, which must be there. */
export const jsonBody = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
});

/** An answer of bytes; left out of the type checker's sight, since a stream has no schema. */
export const bytes = (description: string, ...mediaTypes: readonly string[]) => ({
  description: `${description} (${mediaTypes.join(', ')})`,
});
