import assert from 'node:assert/strict';
import { z } from '@hono/zod-openapi';
import type { CallOptions, Harness } from './harness.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into; the schemas check them.
type Json = any;

/** Calls the API and holds each answer against the OpenAPI document that the server itself gives. */
export async function createContract(harness: Harness) {
  const document = (await (await harness.call('/api/openapi.json')).json()) as Json;
  const answered = new Set<string>();
  const operations = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((key) => key !== 'parameters')
      .map((method) => ({ path, method, key: `${method.toUpperCase()} ${path}` })),
  );

  /** The schema with references put in place, parts joined, and nothing allowed that it does not name. */
  const resolve = (schema: unknown): unknown => {
    if (Array.isArray(schema)) return schema.map(resolve);
    if (typeof schema !== 'object' || schema === null) return schema;
    const { $ref, allOf, ...own } = schema as { $ref?: string; allOf?: unknown[] } & Record<string, unknown>;
    if ($ref !== undefined) {
      const named = document.components.schemas[$ref.replace('#/components/schemas/', '')];
      assert.ok(named, `${$ref} leads to nothing`);
      return resolve(named);
    }
    const all = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, resolve(value)]));
    for (const part of (allOf ?? []).map(resolve) as (typeof own)[]) {
      all.type = part.type;
      all.properties = { ...(all.properties ?? {}), ...(part.properties ?? {}) };
      all.required = [...((all.required as string[]) ?? []), ...((part.required as string[]) ?? [])];
    }
    if (all.properties !== undefined && all.additionalProperties === undefined)
      all.additionalProperties = false;
    return all;
  };

  return {
    document,
    operations,
    answered,
    /** Calls the operation `METHOD /path/{id}` with its places filled; gives the body and checks the status. */
    async call(
      key: string,
      fill: Record<string, string>,
      status: number,
      options: CallOptions & { query?: string } = {},
    ) {
      const operation = operations.find((each) => each.key === key);
      assert.ok(operation, `${key} is not in the document`);
      const path = operation.path.replace(/\{(\w+)\}/g, (_, name) =>
        encodeURIComponent(fill[name] ?? assert.fail(name)),
      );
      const response = await harness.call(path + (options.query ?? ''), {
        ...options,
        method: operation.method.toUpperCase(),
      });
      const text = response.headers.get('content-type')?.includes('event-stream')
        ? ''
        : await response.text();
      assert.equal(response.status, status, `${key}: ${text}`);
      const described = document.paths![operation.path]![operation.method]!.responses![String(status)];
      assert.ok(described, `${key} does not describe ${status}`);
      const type = response.headers.get('content-type')?.split(';')[0] ?? '';
      const schema = described.content?.[type]?.schema;
      if (type.endsWith('json')) {
        assert.ok(schema, `${key} does not describe ${type}`);
        const checked = z.fromJSONSchema(resolve(schema) as never).safeParse(JSON.parse(text));
        assert.ok(checked.success, `${key}: ${checked.error?.message}`);
      } else assert.equal(described.content, undefined, `${key} answered "${type}"`);
      if (status < 300) answered.add(key);
      return { response, text, body: (type.endsWith('json') ? JSON.parse(text) : undefined) as Json };
    },
  };
}
