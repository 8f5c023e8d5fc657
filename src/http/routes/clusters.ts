import { createRoute } from '@hono/zod-openapi';
import { clusterView, summaryView } from '../clusters/cluster-view.ts';
import { newApp } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { cluster, clusterList, clusterPath } from '../schema/clusters.ts';
import { json, problems } from './answers.ts';

const list = createRoute({
  method: 'get',
  path: '/api/clusters',
  summary: 'The clusters whose installation is kept here, by zone',
  responses: { 200: json(clusterList, 'The clusters'), ...problems },
});

const one = createRoute({
  method: 'get',
  path: '/api/clusters/{zone}',
  summary:
    'The picture of a cluster: its installation, nodes, certificates and bastion; cheap to ask every 2 s',
  request: { params: clusterPath },
  responses: { 200: json(cluster, 'The cluster'), ...problems },
});

/** What is known of clusters; a server without any gives an empty list. */
export function clusterRoutes({ clusters }: Pick<HttpDeps, 'clusters'>) {
  return newApp()
    .openapi(list, async (c) => {
      const all = (await clusters?.list()) ?? [];
      return c.json({ clusters: all.map((facts) => summaryView(facts, c.get('language'))) }, 200);
    })
    .openapi(one, async (c) => {
      const { zone } = c.req.valid('param');
      const facts = await clusters?.find(zone);
      if (!facts) throw httpErrors.noCluster({ zone: zone.slice(0, 100) });
      return c.json(clusterView(facts, c.get('language')), 200);
    });
}
