import { useSyncExternalStore } from 'react';
import type { Job, Link } from '../api/types.ts';
import { newerJob } from './newer-job.ts';
import { addSample, rateOf, type Sample } from './pace.ts';

const jobs = new Map<string, Job>();
const startedAt = new Map<string, number>();
const paces = new Map<string, readonly Sample[]>();
const listeners = new Set<() => void>();

/** Takes in what the server says about a job; ignored where something newer is known. */
export function putJob(job: Job): void {
  if (job.linkId === null || job.lane === 'after') return;
  const next = newerJob(jobs.get(job.linkId), job);
  if (next === jobs.get(job.linkId)) return;
  if (next.state !== 'running') {
    startedAt.delete(next.id);
    paces.delete(next.id);
  } else {
    if (!startedAt.has(next.id)) startedAt.set(next.id, Date.now());
    const { progress } = next;
    if (progress?.unit === 'bytes')
      paces.set(
        next.id,
        addSample(paces.get(next.id) ?? [], { atMs: Date.parse(next.updatedAt), done: progress.done }),
      );
  }
  jobs.set(job.linkId, next);
  for (const listener of listeners) listener();
}

/** Takes a link that was just loaded as the truth about its job. */
export function syncJob(link: Link): void {
  if (link.job) putJob(link.job);
  else if (jobs.delete(link.id)) for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The capture job of a link as it stands now; null where none is under way or went wrong. */
export function useLinkJob(link: Link | undefined): Job | null {
  const live = useSyncExternalStore(subscribe, () => (link ? jobs.get(link.id) : undefined));
  const job = link?.job && live ? newerJob(live, link.job) : (live ?? link?.job ?? null);
  return job?.state === 'done' ? null : job;
}

/** When a job was first seen running, epoch milliseconds; its last change where it ran before the page was opened. */
export function runningSince(job: Job): number {
  return startedAt.get(job.id) ?? Date.parse(job.createdAt);
}

/** How many bytes a second a job moves; undefined until that can be told. */
export const byteRate = (job: Job): number | undefined => rateOf(paces.get(job.id) ?? []);

/** A job as it stands now, from a list that may be a moment old. */
export function useLiveJob(told: Job): Job {
  const live = useSyncExternalStore(subscribe, () => (told.linkId ? jobs.get(told.linkId) : undefined));
  return live?.id === told.id ? newerJob(told, live) : told;
}
