import type { QueryClient } from '@tanstack/react-query';
import { isListed, putLink, refreshLists } from '../api/cache.ts';
import { request } from '../api/client.ts';
import { linkPath } from '../api/paths.ts';
import type { Job, Link } from '../api/types.ts';
import { setConnection } from './connection.ts';
import { putJob } from './job-store.ts';

const gatherMs = 250;
/** Above this many changed links at once one new list is cheaper than each link by itself. */
const singlyAtMost = 12;

/** Keeps the cache true to what the server tells, for as long as it is not closed; reconnects by itself. */
export function listenToServer(client: QueryClient): { close(): void; retryNow(): void } {
  const changedLinks = new Set<string>();
  const stale = new Set<string>();
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let lostTimer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  let wasLost = false;
  let closed = false;
  let pauseMs = 1000;

  const flush = (): void => {
    gathering = undefined;
    const ids = [...changedLinks];
    changedLinks.clear();
    const known = ids.filter((id) => isListed(client, id) || client.getQueryData(['link', id]));
    if (known.length < ids.length || known.length > singlyAtMost) stale.add('links');
    if (known.length <= singlyAtMost) for (const id of known) void refetchLink(client, id);
    for (const id of ids) void client.invalidateQueries({ queryKey: ['snapshots', id] });
    for (const key of stale) void client.invalidateQueries({ queryKey: [key] });
    stale.clear();
  };
  const gather = (): void => {
    gathering ??= setTimeout(flush, gatherMs);
  };

  const connect = (): void => {
    clearTimeout(retry);
    source?.close();
    source = new EventSource('/api/events');
    source.addEventListener('open', () => {
      clearTimeout(lostTimer);
      lostTimer = undefined;
      pauseMs = 1000;
      setConnection('open');
      if (wasLost) void client.invalidateQueries();
      wasLost = false;
    });
    source.addEventListener('change', (event) => {
      const change = parse<{ topic: string; ref: string }>(event.data);
      if (change?.topic === 'link') changedLinks.add(change.ref);
      else if (change?.topic === 'tag') stale.add('tags');
      else if (change?.topic === 'job') stale.add('jobs');
      gather();
    });
    source.addEventListener('reset', () => void client.invalidateQueries());
    source.addEventListener('job', (event) => {
      const job = parse<Job>(event.data);
      if (!job) return;
      putJob(job);
      if (job.state !== 'running' && job.state !== 'queued') stale.add('jobs');
      if (job.linkId !== null && job.state !== 'running' && job.state !== 'queued')
        changedLinks.add(job.linkId);
      if (stale.size + changedLinks.size > 0) gather();
    });
    source.addEventListener('error', () => {
      wasLost = true;
      lostTimer ??= setTimeout(() => setConnection('lost'), 1500);
      if (source?.readyState !== EventSource.CLOSED || closed) return;
      retry = setTimeout(connect, pauseMs);
      pauseMs = Math.min(pauseMs * 2, 15_000);
    });
  };
  connect();
  return {
    close() {
      closed = true;
      source?.close();
      clearTimeout(retry);
      clearTimeout(gathering);
      clearTimeout(lostTimer);
    },
    retryNow: connect,
  };
}

async function refetchLink(client: QueryClient, id: string): Promise<void> {
  try {
    putLink(client, await request<Link>(linkPath(id)));
  } catch {
    await refreshLists(client); // It is gone, or the server is: the lists will tell.
  }
}

function parse<T>(data: unknown): T | undefined {
  try {
    return JSON.parse(String(data)) as T;
  } catch {
    return undefined;
  }
}
