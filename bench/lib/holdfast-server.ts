import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { addedLinks, link, linkPage } from '../../src/http/schema/links.ts';
import { findInTree, treeCpuSeconds } from './process-tree.ts';
import { inOwnNamespace } from './tree-worker.ts';

export type LinkView = z.infer<typeof link>;

/** A server of Holdfast in a process tree of its own, used by its HTTP API alone. */
export interface HoldfastServer {
  readonly pid: number;
  add(urls: readonly string[]): Promise<readonly LinkView[]>;
  links(): Promise<readonly LinkView[]>;
  snapshotAgain(linkId: string): Promise<void>;
  /** Waits until every link has a snapshot or a job that failed for good; calls `onTick` about twice a second. */
  settled(onTick?: (done: number, total: number) => void): Promise<readonly LinkView[]>;
  /** Waits until there is no work left, PDFs included. */
  idle(): Promise<void>;
  missing(snapshotId: string): Promise<readonly { url: string; reason: string }[]>;
  rendition(snapshotId: string, format: string): Promise<Uint8Array>;
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** Starts `bin/holdfast serve` over a folder, allowed to reach loopback. */
export async function startHoldfast(
  data: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<HoldfastServer> {
  const [program, ...args] = inOwnNamespace([join(import.meta.dirname, '../../bin/holdfast'), 'serve']);
  const child = spawn(program!, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOLDFAST_DATA: data,
      HOLDFAST_LISTEN: '127.0.0.1:0',
      HOLDFAST_REPLAY_LISTEN: '127.0.0.1:0',
      HOLDFAST_EGRESS_ALLOW: '127.0.0.0/8',
      HOLDFAST_LOG_LEVEL: 'warn',
      HOLDFAST_LANG: 'en',
      ...environment,
    },
  });
  let said = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const base = await new Promise<string>((resolve, reject) => {
    const hear = (data: Buffer) => {
      said = (said + data.toString('utf8')).slice(-20_000);
      const ready = /ready: (http:\S+)/.exec(said);
      if (ready) resolve(ready[1]!);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`The server ended before it was ready: ${said}`)));
  });
  ended.catch(() => undefined);

  async function call<Answer>(path: string, init?: { method: string; body?: object }): Promise<Answer> {
    const response = await fetch(base + path, {
      method: init?.method ?? 'GET',
      ...(init?.body && { body: JSON.stringify(init.body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${init?.method ?? 'GET'} ${path} gave ${response.status}: ${text.slice(0, 500)}`);
    return (text ? JSON.parse(text) : undefined) as Answer;
  }

  const links = async () => {
    const all: LinkView[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: z.infer<typeof linkPage> = await call(
        `/api/links?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      all.push(...page.links);
      cursor = page.nextCursor;
    }
    return all;
  };
  const busy = async () => {
    const { counts } = await call<{ counts: { queued: number; running: number } }>('/api/jobs?limit=1');
    return counts.queued + counts.running > 0;
  };
  return {
    pid: child.pid!,
    async add(urls) {
      const body = { links: urls.map((url) => ({ url })) };
      const added = await call<z.infer<typeof addedLinks>>('/api/links', { method: 'POST', body });
      return added.links.map((one) => one.link);
    },
    links,
    async snapshotAgain(linkId) {
      await call(`/api/links/${linkId}/snapshots`, { method: 'POST' });
    },
    async settled(onTick) {
      for (;;) {
        const all = await links();
        const done = all.filter(({ snapshot, job }) => snapshot !== null || job?.state === 'failed');
        onTick?.(done.length, all.length);
        if (done.length === all.length) return all;
        await sleep(500);
      }
    },
    async idle() {
      while (await busy()) await sleep(500);
    },
    async missing(snapshotId) {
      const { missing } = await call<{ missing: { url: string; reason: string }[] }>(
        `/api/snapshots/${snapshotId}/resources`,
      );
      return missing;
    },
    async rendition(snapshotId, format) {
      const response = await fetch(`${base}/api/snapshots/${snapshotId}/as/${format}`);
      if (!response.ok) throw new Error(`Snapshot ${snapshotId} as ${format} gave ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
    cpuSeconds: () => treeCpuSeconds(child.pid!),
    async stop() {
      const server = findInTree(child.pid!, 'cli-entry.ts');
      if (server !== undefined) process.kill(server, 'SIGTERM');
      await ended;
    },
  };
}
