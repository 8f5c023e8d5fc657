import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Holdfast, Started } from '../support/holdfast.ts';

export interface JobJson {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly fault: { readonly code: string; readonly text: string } | null;
}

export interface LinkJson {
  readonly id: string;
  readonly url: string;
  readonly snapshotCount: number;
  readonly snapshot: { readonly verdict: string; readonly digest: string } | null;
}

/** The server of a data folder, which may be killed and started again. */
export interface Server {
  readonly started: Started;
  /** Calls the API; throws where it answers with an error. */
  api<R>(path: string, body?: unknown): Promise<R>;
  jobs(): Promise<{ jobs: JobJson[]; counts: Record<string, number> }>;
  links(): Promise<LinkJson[]>;
  /** Resolves when no job is queued or running. */
  idle(): Promise<void>;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
}

/** A folder for temporary files of one test, whose processes can be told by it. */
export function ownTemp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-faults-'));
  // Browsers run as another account where the server runs as root.
  chmodSync(folder, 0o755);
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the real program and waits until it is ready. */
export async function startServer(
  holdfast: Holdfast,
  env: Readonly<Record<string, string>>,
): Promise<Server> {
  const started = holdfast.start(['serve'], { env: { HOLDFAST_LOG_LEVEL: 'warn', ...env } });
  const [, origin] = await started.says(/ready: (http:\/\/127\.0\.0\.1:\d+)\n/);
  const api: Server['api'] = async <R>(path: string, body?: unknown) => {
    const response = await fetch(`${origin}/api${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as R;
  };
  const jobs: Server['jobs'] = () => api('/jobs?limit=200');
  return {
    started,
    api,
    jobs,
    links: async () => (await api<{ links: LinkJson[] }>('/links?limit=100')).links,
    async idle() {
      for (;;) {
        const { counts } = await jobs();
        if ((counts.queued ?? 0) + (counts.running ?? 0) === 0) return;
        await sleep(200);
      }
    },
    async kill() {
      started.child.kill('SIGKILL');
      await started.ended;
    },
  };
}

/** Processes that have a folder in their command line: browsers, by their profile. */
export function processesIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(folder))
    .map(Number);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

/** Resolves when something holds; the test's own time limit ends the wait. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(50);
}

/** Small pages, one for each number, that take a moment. */
export function numberedPage(path: string): string {
  return `<!doctype html><title>Page ${path}</title><h1>Page ${path}</h1><p>${`words of ${path} `.repeat(20)}</p>`;
}
