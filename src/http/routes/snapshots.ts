import { createRoute } from '@hono/zod-openapi';
import { linksErrors } from '../../links/index.ts';
import { newApp } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import { job, snapshot, snapshotResources } from '../schema/links.ts';
import { idParam, snapshotList } from '../schema/requests.ts';
import { createSnapshotOpener } from '../snapshot-opener.ts';
import type { ViewsFor } from '../views-for.ts';
import { json, problems } from './answers.ts';

const take = createRoute({
  method: 'post',
  path: '/api/links/{id}/snapshots',
  summary: 'Ask for a new snapshot; gives the job under way where there is one',
  request: { params: idParam },
  responses: { 202: json(job, 'The job that takes it'), ...problems },
});

const list = createRoute({
  method: 'get',
  path: '/api/links/{id}/snapshots',
  summary: 'The snapshots of a link, newest first',
  request: { params: idParam },
  responses: { 200: json(snapshotList, 'The snapshots'), ...problems },
});

const get = createRoute({
  method: 'get',
  path: '/api/snapshots/{id}',
  summary: 'One snapshot',
  request: { params: idParam },
  responses: { 200: json(snapshot, 'The snapshot'), ...problems },
});

const resources = createRoute({
  method: 'get',
  path: '/api/snapshots/{id}/resources',
  summary: 'What a snapshot holds, largest first, and what it misses',
  request: { params: idParam },
  responses: { 200: json(snapshotResources, 'The resources'), ...problems },
});

/** Snapshots and what they are made of; their bytes are in `snapshot-bytes`. */
export function snapshotRoutes(deps: Pick<HttpDeps, 'links' | 'snapshots'>, viewsFor: ViewsFor) {
  const { links } = deps;
  const open = createSnapshotOpener(deps);
  return newApp()
    .openapi(take, async (c) =>
      c.json(viewsFor(c).job(await links.requestSnapshot(c.req.valid('param').id)), 202),
    )
    .openapi(list, async (c) => {
      const { id } = c.req.valid('param');
      await links.get(id);
      return c.json({ snapshots: (await links.snapshots(id)).map(viewsFor(c).snapshot) }, 200);
    })
    .openapi(get, async (c) => {
      const { id } = c.req.valid('param');
      const found = await links.findSnapshot(id);
      if (!found) throw linksErrors.noSnapshot({ ref: id });
      return c.json(viewsFor(c).snapshot(found), 200);
    })
    .openapi(resources, async (c) => {
      const { reader } = await open(c.req.valid('param').id);
      const held = await reader.resources();
      const body = {
        resources: held.map(({ url, status, type, mediaType, sizeBytes, digest }) => ({
          url,
          status,
          type,
          mediaType,
          sizeBytes,
          digest,
        })),
        missing: reader.missing().map((each) => ({ url: each.url, reason: each.reason })),
      };
      return c.json(body, 200);
    });
}
