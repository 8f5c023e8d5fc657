import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { syncJob } from '../live/job-store.ts';
import type { ListQuery } from './paths.ts';
import type { Link, LinkPage } from './types.ts';

type Pages = InfiniteData<LinkPage, string | null>;

function mapLists(client: QueryClient, change: (pages: Pages, list: ListQuery) => Pages): void {
  for (const [key, pages] of client.getQueriesData<Pages>({ queryKey: ['links'] })) {
    if (pages) client.setQueryData(key, change(pages, key[1] as ListQuery));
  }
}

/** Puts a fresh link wherever the cache holds an older one. */
export function putLink(client: QueryClient, link: Link): void {
  syncJob(link);
  client.setQueryData(['link', link.id], link);
  mapLists(client, (pages) => ({
    ...pages,
    pages: pages.pages.map((page) =>
      page.links.some((old) => old.id === link.id)
        ? { ...page, links: page.links.map((old) => (old.id === link.id ? link : old)) }
        : page,
    ),
  }));
}

/** True where some list holds the link. */
export function isListed(client: QueryClient, id: string): boolean {
  return client
    .getQueriesData<Pages>({ queryKey: ['links'] })
    .some(([, pages]) => pages?.pages.some((page) => page.links.some((link) => link.id === id)));
}

/** Takes links out of all lists at once, before the server has answered. */
export function dropLinks(client: QueryClient, ids: ReadonlySet<string>): void {
  mapLists(client, (pages) => ({
    ...pages,
    pages: pages.pages.map((page) => {
      const links = page.links.filter((link) => !ids.has(link.id));
      return links.length === page.links.length
        ? page
        : { ...page, links, total: Math.max(0, page.total - (page.links.length - links.length)) };
    }),
  }));
}

/** Puts new links on top of the unfiltered list, newest first, so that they are there at once. */
export function prependLinks(client: QueryClient, links: readonly Link[]): void {
  for (const link of links) {
    syncJob(link);
    client.setQueryData(['link', link.id], link);
  }
  mapLists(client, (pages, list) => {
    const [first, ...rest] = pages.pages;
    if (!first || list.q !== '' || list.trash || list.sort !== 'added') return pages;
    const here = new Set(pages.pages.flatMap((page) => page.links.map((link) => link.id)));
    const fresh = links.filter((link) => !here.has(link.id));
    return {
      ...pages,
      pages: [{ ...first, links: [...fresh, ...first.links], total: first.total + fresh.length }, ...rest],
    };
  });
}

/** Asks again for everything that lists depend on. */
export async function refreshLists(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['links'] }),
    client.invalidateQueries({ queryKey: ['tags'] }),
    client.invalidateQueries({ queryKey: ['jobs'] }),
  ]);
}
