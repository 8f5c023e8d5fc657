import { createRoute } from '@hono/zod-openapi';
import { newApp } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import { bulkChange, changed } from '../schema/requests.ts';
import { json, jsonBody, problems } from './answers.ts';

const bulk = createRoute({
  method: 'post',
  path: '/api/links/bulk',
  summary: 'Tag, delete, restore, purge or capture up to 1000 links at once',
  request: { body: jsonBody(bulkChange) },
  responses: { 200: json(changed, 'How many links were touched'), ...problems },
});

/** One change to many links. */
export function bulkRoutes({ links }: Pick<HttpDeps, 'links'>) {
  const snapshotAll = async (ids: readonly string[]) => {
    let asked = 0;
    for (const id of ids) {
      // A link that somebody else purged in the meantime must not keep the others from their snapshot.
      const known = await links.find(id);
      if (!known || known.deletedAt !== null) continue;
      await links.requestSnapshot(id, { lane: 'bulk' });
      asked++;
    }
    return asked;
  };
  return newApp().openapi(bulk, async (c) => {
    const { action, addTags, removeTags, ...input } = c.req.valid('json');
    const ids = [...new Set(input.ids)];
    if (action === 'tag') {
      await links.tag(ids, { add: addTags ?? [], remove: removeTags ?? [] });
      return c.json({ changed: ids.length }, 200);
    }
    const change = action === 'snapshot' ? snapshotAll : links[action].bind(links);
    return c.json({ changed: await change(ids) }, 200);
  });
}
