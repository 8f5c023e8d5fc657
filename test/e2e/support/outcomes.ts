import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { addedLinks, link } from '../../../src/http/schema/links.ts';
import type { Server } from './server.ts';

export type LinkView = z.infer<typeof link>;

/** Adds links by the API; gives their ids in order. */
export async function addLinks(server: Server, urls: readonly string[]): Promise<string[]> {
  const json = { links: urls.map((url) => ({ url })) };
  const added = await server.json<z.infer<typeof addedLinks>>('/api/links', { json });
  return added.links.map(({ link: { id } }) => id);
}

/** Waits until a link's capture has ended, whatever came of it. */
export async function outcomeOf(server: Server, id: string): Promise<LinkView> {
  for (;;) {
    const found = await server.json<LinkView>(`/api/links/${id}`);
    const { job } = found;
    const busy = job !== null && (job.state === 'queued' || job.state === 'running');
    if (!busy && (found.snapshot !== null || job?.state === 'failed')) return found;
    await sleep(150);
  }
}

/** Adds links and waits for all of their outcomes. */
export async function capture(server: Server, urls: readonly string[]): Promise<LinkView[]> {
  const ids = await addLinks(server, urls);
  return Promise.all(ids.map((id) => outcomeOf(server, id)));
}

/** What speaks against a link's snapshot, or why there is none: codes, in order. */
export function reasonsOf({ snapshot, job }: LinkView): string[] {
  const evidence = (snapshot?.evidence ?? []).map(({ code }) => code);
  return [...evidence, ...(job?.fault ? [job.fault.code] : [])];
}
