import type { Format, Sort } from './types.ts';

const part = encodeURIComponent;

/** What a list of links is asked for by. */
export interface ListQuery {
  readonly q: string;
  readonly sort: Sort;
  readonly trash: boolean;
}

/** The address of one page of a list. */
export function linksPath({ q, sort, trash }: ListQuery, cursor: string | null, limit = 50): string {
  const query = new URLSearchParams({ sort, limit: String(limit) });
  if (q) query.set('q', q);
  if (trash) query.set('trash', '1');
  if (cursor) query.set('cursor', cursor);
  return `/api/links?${query}`;
}

/** The address of one link. */
export const linkPath = (id: string): string => `/api/links/${part(id)}`;
/** The address of one job. */
export const jobPath = (id: string): string => `/api/jobs/${part(id)}`;
/** The address of one snapshot. */
export const snapshotPath = (id: string): string => `/api/snapshots/${part(id)}`;
/** The address of a snapshot in one of its forms. */
export const formatPath = (id: string, format: Format, download = false): string =>
  `${snapshotPath(id)}/as/${format}${download ? '?download=1' : ''}`;
