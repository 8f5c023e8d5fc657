import { queryOptions } from '@tanstack/react-query';
import { request } from './client.ts';
import type { Cluster, ClusterSummary } from './types.ts';

/** What a bastion sees changes by the second, in another process: it is asked for while the page is looked at. */
const everyMs = 2_000;

/** The clusters that the server knows. */
export const clustersQuery = () =>
  queryOptions({
    queryKey: ['clusters'],
    queryFn: async ({ signal }) =>
      (await request<{ clusters: ClusterSummary[] }>('/api/clusters', { signal })).clusters,
    staleTime: 0,
    refetchInterval: 3 * everyMs,
  });

/** One cluster, asked for again and again while its page is visible. */
export const clusterQuery = (zone: string) =>
  queryOptions({
    queryKey: ['cluster', zone],
    queryFn: ({ signal }) => request<Cluster>(`/api/clusters/${encodeURIComponent(zone)}`, { signal }),
    staleTime: 0,
    refetchInterval: everyMs,
    refetchOnWindowFocus: true,
    retry: false,
  });
