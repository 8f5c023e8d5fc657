import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './client.ts';
import { snapshotPath } from './paths.ts';
import type {
  ImageDetail,
  Registry,
  RegistryImageTags,
  ReleaseInstallation,
  SnapshotContents,
} from './types.ts';

const forever = Number.POSITIVE_INFINITY;

/** What a file, an image or a release holds; it never changes. */
export const contentsQuery = (snapshotId: string) =>
  queryOptions({
    queryKey: ['contents', snapshotId],
    queryFn: ({ signal }) => request<SnapshotContents>(`${snapshotPath(snapshotId)}/contents`, { signal }),
    staleTime: forever,
  });

/** One image of a snapshot with its layers. */
export const snapshotImageQuery = (snapshotId: string, digest: string) => ({
  queryKey: ['contents', snapshotId, digest] as readonly string[],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ImageDetail> => {
    const query = new URLSearchParams({ digest });
    const path = `${snapshotPath(snapshotId)}/contents?${query}`;
    return (await request<SnapshotContents & { image: ImageDetail }>(path, { signal })).image;
  },
  staleTime: forever,
});

/** What an installation from a mirror needs next. */
export const installationQuery = (snapshotId: string, mirror: string) =>
  queryOptions({
    queryKey: ['installation', snapshotId, mirror],
    queryFn: ({ signal }) =>
      request<ReleaseInstallation>(
        `${snapshotPath(snapshotId)}/installation?${new URLSearchParams({ mirror })}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
    staleTime: forever,
    retry: false,
  });

/** The registry with its repositories, part after part; null where the server runs none. */
export const registryQuery = () =>
  infiniteQueryOptions({
    queryKey: ['registry'],
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam === null ? '' : `?${new URLSearchParams({ after: pageParam })}`;
      return (await request<{ registry: Registry | null }>(`/api/registry${query}`, { signal })).registry;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page?.next ?? null,
  });

/** The image tags of a repository, part after part. */
export const imageTagsQuery = (repository: string) =>
  infiniteQueryOptions({
    queryKey: ['registry', repository],
    queryFn: ({ pageParam, signal }) =>
      request<RegistryImageTags>(
        `/api/registry/tags?${new URLSearchParams({ repository, ...(pageParam !== null && { after: pageParam }) })}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** One image of a repository with its layers. */
export const registryImageQuery = (repository: string, digest: string) => ({
  queryKey: ['registry', repository, digest] as readonly string[],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    request<ImageDetail>(`/api/registry/image?${new URLSearchParams({ repository, digest })}`, { signal }),
  staleTime: forever,
});
