import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { syncJob } from '../live/job-store.ts';
import type { ListQuery } from './paths.ts';
import type { Link, LinkPage } from './types.ts';

type Pages = InfiniteData<LinkPage, string | null>;

function mapLists(client: QueryClient, change: (pages: Pages, list: ListQuery) => Pages): void {
  for (const { queryKey, state } of client.getQueryCache().findAll({ queryKey: ['links'] })) {
    if (!state.data) continue;
    const { dataUpdatedAt: updatedAt, isInvalidated } = state;
    client.setQueryData(queryKey, change(state.data as Pages, queryKey[1] as ListQuery), { updatedAt });
    // Data that is set counts as fresh, but a list that has to be asked for anew is not put right by one link.
    if (isInvalidated) client.getQueryCache().find({ queryKey, exact: true })?.invalidate();
  }
}

/** Puts a fresh link wherever the cache holds an older one; lists that it may now enter or leave are asked for anew. */
export function putLink(client: QueryClient, link: Link): void {
  const old = findLink(client, link.id);
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
  const moved = old !== undefined && (old.deletedAt === null) !== (link.deletedAt === null);
  if (!moved && old !== undefined && isShapedAs(old, link)) return;
  void client.invalidateQueries({
    queryKey: ['links'],
    // Newest first and without a filter, a link stays where it is whatever else becomes of it.
    predicate: ({ queryKey }) => {
      const { q, sort } = queryKey[1] as ListQuery;
      return moved || q !== '' || sort !== 'added';
    },
  });
}

/** True where nothing differs that decides in which lists a link stands, and where. */
function isShapedAs(a: Link, b: Link): boolean {
  const shape = ({ title, note, tags, snapshot }: Link) => [title, note, snapshot?.id, ...tags].join('\n');
  return shape(a) === shape(b);
}

function findLink(client: QueryClient, id: string): Link | undefined {
  const alone = client.getQueryData<Link>(['link', id]);
  if (alone) return alone;
  for (const [, pages] of client.getQueriesData<Pages>({ queryKey: ['links'] }))
    for (const page of pages?.pages ?? []) {
      const found = page.links.find((link) => link.id === id);
      if (found) return found;
    }
  return undefined;
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
