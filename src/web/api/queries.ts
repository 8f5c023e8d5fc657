import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request, requestText } from './client.ts';
import { formatPath, type ListQuery, linkPath, linksPath, snapshotPath } from './paths.ts';
import type {
  ApiToken,
  JobList,
  JobState,
  Link,
  LinkPage,
  Snapshot,
  SnapshotResources,
  TagCount,
} from './types.ts';

/** A list of links, page after page. */
export const linksQuery = (list: ListQuery) =>
  infiniteQueryOptions({
    queryKey: ['links', list],
    queryFn: ({ pageParam, signal }) => request<LinkPage>(linksPath(list, pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

/** One link. */
export const linkQuery = (id: string) =>
  queryOptions({ queryKey: ['link', id], queryFn: ({ signal }) => request<Link>(linkPath(id), { signal }) });

/** The versions of a link, newest first. */
export const snapshotsQuery = (linkId: string) =>
  queryOptions({
    queryKey: ['snapshots', linkId],
    queryFn: ({ signal }) =>
      request<{ snapshots: Snapshot[] }>(`${linkPath(linkId)}/snapshots`, { signal }).then(
        (r) => r.snapshots,
      ),
  });

/** What a snapshot holds and misses; it never changes. */
export const resourcesQuery = (snapshotId: string) =>
  queryOptions({
    queryKey: ['resources', snapshotId],
    queryFn: ({ signal }) => request<SnapshotResources>(`${snapshotPath(snapshotId)}/resources`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A snapshot's readable text, as Markdown where there is one. */
export const readableQuery = (snapshotId: string, format: 'md' | 'text') =>
  queryOptions({
    queryKey: ['readable', snapshotId, format],
    queryFn: ({ signal }) => requestText(formatPath(snapshotId, format), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** All tags with their counts. */
export const tagsQuery = () =>
  queryOptions({
    queryKey: ['tags'],
    queryFn: ({ signal }) => request<{ tags: TagCount[] }>('/api/tags', { signal }).then((r) => r.tags),
  });

/** Jobs in some states (none given: all), the newest first. */
export const jobsQuery = (states: readonly JobState[], limit: number) =>
  queryOptions({
    queryKey: ['jobs', states.join(','), limit],
    queryFn: ({ signal }) =>
      request<JobList>(
        `/api/jobs?${new URLSearchParams({ ...(states.length ? { state: states.join(',') } : {}), limit: String(limit) })}`,
        {
          signal,
        },
      ),
    placeholderData: keepPreviousData,
  });

/** API tokens. */
export const tokensQuery = () =>
  queryOptions({
    queryKey: ['tokens'],
    queryFn: ({ signal }) =>
      request<{ tokens: ApiToken[] } | ApiToken[]>('/api/tokens', { signal }).then((r) =>
        Array.isArray(r) ? r : r.tokens,
      ),
  });
