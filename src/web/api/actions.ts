import type { QueryClient } from '@tanstack/react-query';
import { putJob } from '../live/job-store.ts';
import { dropLinks, putLink, refreshLists } from './cache.ts';
import { request } from './client.ts';
import { jobPath, linkPath } from './paths.ts';
import type { AddedLinks, BulkChange, Job, Link, NewLinks } from './types.ts';

const batch = 1000;

/** Adds links in as many requests as it takes; `onSent` hears how many are through. */
export async function addLinks(
  links: NewLinks['links'],
  onSent: (done: number) => void,
): Promise<AddedLinks['links']> {
  const added: AddedLinks['links'] = [];
  for (let at = 0; at < links.length; at += batch) {
    const part = await request<AddedLinks>('/api/links', {
      method: 'POST',
      body: { links: links.slice(at, at + batch) },
    });
    added.push(...part.links);
    onSent(added.length);
  }
  return added;
}

/** A change of one link. */
export interface LinkEdit {
  readonly title?: string | null;
  readonly note?: string;
  readonly addTags?: string[];
  readonly removeTags?: string[];
}

/** Changes one link and puts the answer in the cache. */
export async function editLink(client: QueryClient, id: string, edit: LinkEdit): Promise<void> {
  putLink(client, await request<Link>(linkPath(id), { method: 'PATCH', body: edit }));
  if (edit.addTags || edit.removeTags) await client.invalidateQueries({ queryKey: ['tags'] });
}

/** Changes many links, a thousand at a time, and asks for the lists again; gives how many changed. */
export async function changeLinks(client: QueryClient, change: BulkChange): Promise<number> {
  const gone = change.action === 'remove' || change.action === 'purge' || change.action === 'restore';
  if (gone) {
    await client.cancelQueries({ queryKey: ['links'] });
    dropLinks(client, new Set(change.ids));
  }
  let changed = 0;
  try {
    for (let at = 0; at < change.ids.length; at += batch) {
      const part = { ...change, ids: change.ids.slice(at, at + batch) };
      changed += (await request<{ changed: number }>('/api/links/bulk', { method: 'POST', body: part }))
        .changed;
    }
  } finally {
    await Promise.all([
      refreshLists(client),
      ...(change.ids.length <= 50
        ? change.ids.map((id) => client.invalidateQueries({ queryKey: ['link', id] }))
        : []),
    ]);
  }
  return changed;
}

/** Asks for a new snapshot of a link. */
export async function requestSnapshot(client: QueryClient, linkId: string): Promise<void> {
  putJob(await request<Job>(`${linkPath(linkId)}/snapshots`, { method: 'POST' }));
  await client.invalidateQueries({ queryKey: ['jobs'] });
}

/** Cancels or retries a job. */
export async function steerJob(client: QueryClient, id: string, action: 'cancel' | 'retry'): Promise<void> {
  putJob(await request<Job>(`${jobPath(id)}/${action}`, { method: 'POST' }));
  await client.invalidateQueries({ queryKey: ['jobs'] });
}
