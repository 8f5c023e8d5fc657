import type { Page } from 'playwright-core';
import { articles } from './articles.ts';
import { addLinks, outcomeOf } from './outcomes.ts';
import type { Server } from './server.ts';
import type { Site } from './site.ts';

/** Where each article of the demonstration is said to be from, with its tags and note. */
const shelf: Readonly<Record<string, { host: string; tags: readonly string[]; note?: string }>> = {
  '/en/mirror-registry': {
    host: 'field-notes',
    tags: ['ocp/4.5', 'air-gap'],
    note: 'Count the disks before the visit',
  },
  '/en/lighthouse': { host: 'skerry-post', tags: ['reading'] },
  '/en/quorum': { host: 'field-notes', tags: ['ocp/etcd'] },
  '/en/harbour': { host: 'harbour-office', tags: ['weather'] },
  '/en/ferry': { host: 'skerry-line', tags: ['travel'] },
  '/en/moved-away': { host: 'skerry-post', tags: [] },
  '/zh/anzhuang': { host: 'jifang-shouji', tags: ['ocp/4.5', '离线安装'] },
  '/zh/longjing': { host: 'shanju-biji', tags: ['阅读'] },
  '/zh/guji': { host: 'tushuguan', tags: ['目录'] },
  '/zh/fuzai': { host: 'jifang-shouji', tags: ['ocp/haproxy'] },
};
const more = [
  {
    path: '/en/lighthouse?part=2',
    host: 'skerry-post',
    tags: ['reading'],
    title: 'The keeper of the lighthouse, part two',
  },
  {
    path: '/zh/fuzai?p=2',
    host: 'jifang-shouji',
    tags: ['ocp/haproxy', 'air-gap'],
    title: '用 HAProxy 为离线集群做入口',
  },
];

/** Fills a library with a dozen links as people keep them; gives their ids by path. */
export async function fillLibrary(server: Server, site: Site): Promise<Map<string, string>> {
  const { port } = new URL(site.origin);
  const ids = new Map<string, string>();
  const entries = [...articles.map(({ path }) => ({ path, title: undefined, ...shelf[path]! })), ...more];
  for (const { path, host, ...rest } of entries.toReversed()) {
    const [id] = await addLinks(server, [`http://${host}.localhost:${port}${path}`]);
    const { tags, note = '', title } = { note: undefined, ...rest };
    await server.json(`/api/links/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ addTags: tags, note, ...(title && { title }) }),
    });
    ids.set(path, id!);
  }
  for (const id of ids.values()) await outcomeOf(server, id);
  const again = ids.get('/en/mirror-registry')!;
  await server.call(`/api/links/${again}/snapshots`, { method: 'POST' });
  await outcomeOf(server, again);
  await server.call('/api/links/bulk', { json: { ids: [ids.get('/en/moved-away')], action: 'snapshot' } });
  await outcomeOf(server, ids.get('/en/moved-away')!);
  const [thrown] = await addLinks(server, [`http://skerry-line.localhost:${port}/en/ferry?winter`]);
  await outcomeOf(server, thrown!);
  await server.call(`/api/links/${thrown}`, { method: 'DELETE' });
  return ids;
}

/** Shows the demonstration's addresses as they would be on a network of its own, not on a port of this machine. */
export async function withPlainAddresses(page: Page): Promise<void> {
  await page.route(/\/api\/(?:links|snapshots|jobs)/, async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    const type = answer.headers()['content-type'] ?? '';
    if (!type.includes('json')) return route.fulfill({ response: answer });
    await route.fulfill({
      response: answer,
      body: (await answer.text()).replaceAll(/\.localhost(?::\d+)?/g, '.example'),
    });
  });
}
