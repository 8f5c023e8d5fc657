import { createRoute } from '@hono/zod-openapi';
import { newApp } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { addedLinks, link, linkPage, newLinks } from '../schema/links.ts';
import { idParam, linkChange, linkQuery, purgeQuery, tagList } from '../schema/requests.ts';
import type { ViewsFor } from '../views-for.ts';
import { json, jsonBody, problems } from './answers.ts';

const add = createRoute({
  method: 'post',
  path: '/api/links',
  summary: 'Add links; each is stored at once and captured by itself',
  request: { body: jsonBody(newLinks) },
  responses: {
    200: json(addedLinks, 'All existed already'),
    201: json(addedLinks, 'Stored'),
    ...problems,
  },
});

const list = createRoute({
  method: 'get',
  path: '/api/links',
  summary: 'List or search links, page by page',
  request: { query: linkQuery },
  responses: { 200: json(linkPage, 'One page; nextCursor leads to the next'), ...problems },
});

const get = createRoute({
  method: 'get',
  path: '/api/links/{id}',
  summary: 'One link with the snapshot that is shown',
  request: { params: idParam },
  responses: { 200: json(link, 'The link'), ...problems },
});

const change = createRoute({
  method: 'patch',
  path: '/api/links/{id}',
  summary: 'Change title, note or tags; a title of null shows the page’s own again',
  request: { params: idParam, body: jsonBody(linkChange) },
  responses: { 200: json(link, 'The link as it is now'), ...problems },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/links/{id}',
  summary: 'Move a link to the trash, or with purge=1 end it for good from there',
  request: { params: idParam, query: purgeQuery },
  responses: { 204: { description: 'Done' }, ...problems },
});

const restore = createRoute({
  method: 'post',
  path: '/api/links/{id}/restore',
  summary: 'Take a link back out of the trash',
  request: { params: idParam },
  responses: { 200: json(link, 'The link'), ...problems },
});

const tags = createRoute({
  method: 'get',
  path: '/api/tags',
  summary: 'All tags with the number of their links',
  responses: { 200: json(tagList, 'The tags'), ...problems },
});

/** Links one by one, their list, and the tags. */
export function linkRoutes({ links }: Pick<HttpDeps, 'links'>, viewsFor: ViewsFor) {
  return newApp()
    .openapi(add, async (c) => {
      const added = await links.add(c.req.valid('json').links);
      const views = viewsFor(c);
      const body = { links: added.map((each) => ({ link: views.link(each.link), created: each.created })) };
      return c.json(body, added.some((each) => each.created) ? 201 : 200);
    })
    .openapi(list, async (c) => {
      const { trash, ...query } = c.req.valid('query');
      const page = await links.query({ ...query, trash: trash === '1' });
      const body = {
        links: page.links.map(viewsFor(c).link),
        total: page.total,
        nextCursor: page.nextCursor,
        excerpts: Object.fromEntries(Object.entries(page.excerpts).map(([id, it]) => [id, [...it.parts]])),
      };
      return c.json(body, 200);
    })
    .openapi(get, async (c) => c.json(viewsFor(c).link(await links.get(c.req.valid('param').id)), 200))
    .openapi(change, async (c) => {
      const { id } = c.req.valid('param');
      const { title, note, addTags, removeTags } = c.req.valid('json');
      await links.get(id);
      if (title !== undefined || note !== undefined)
        await links.edit(id, {
          ...(title === undefined ? {} : { title }),
          ...(note === undefined ? {} : { note }),
        });
      if (addTags?.length || removeTags?.length)
        await links.tag([id], { add: addTags ?? [], remove: removeTags ?? [] });
      return c.json(viewsFor(c).link(await links.get(id)), 200);
    })
    .openapi(remove, async (c) => {
      const { id } = c.req.valid('param');
      const known = await links.get(id);
      if (c.req.valid('query').purge !== '1') await links.remove([id]);
      else if (known.deletedAt === null || (await links.purge([id])) === 0)
        throw httpErrors.notInTrash({ id });
      return c.body(null, 204);
    })
    .openapi(restore, async (c) => {
      const { id } = c.req.valid('param');
      await links.get(id);
      await links.restore([id]);
      return c.json(viewsFor(c).link(await links.get(id)), 200);
    })
    .openapi(tags, async (c) => c.json({ tags: (await links.tags()).map((tag) => ({ ...tag })) }, 200));
}
