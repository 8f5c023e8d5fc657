import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../../src/cli/index.ts';
import { loadConfig } from '../../src/config/index.ts';
import { newSnapshot, storeSnapshot } from '../../src/http/testing/stored-snapshot.ts';
import type { Digest } from '../../src/kernel/index.ts';
import type { Snapshot } from '../../src/links/index.ts';
import { program } from '../../src/main/program.ts';

const day = 24 * 3_600_000;

/** Opens the rooms over a data folder in this process, as the command line does. */
export function openWorkspace(data: string, env: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const sources = { env: { HOLDFAST_DATA: data, ...env }, cwd: data, defaultData: data };
  return program.open(loadConfig(sources).config);
}

/** Adds a link with a snapshot for each text, taken a day apart, the newest first; all share the font. */
export async function addTimeline(
  workspace: Workspace,
  url: string,
  texts: readonly string[],
  tags: readonly string[] = [],
): Promise<{ id: string; snapshots: readonly Snapshot[] }> {
  const { link } = (await workspace.links.add([{ url, tags }]))[0]!;
  const snapshots: Snapshot[] = [];
  for (const [i, text] of texts.entries()) {
    const digest = await storeSnapshot(workspace.store, [
      { role: 'html', mediaType: 'text/html', bytes: text },
      { mediaType: 'font/woff2', bytes: 'a font that all pages share' },
    ]);
    const takenAt = Date.now() - i * day - 2 * 3_600_000;
    snapshots.push(await workspace.links.recordSnapshot(newSnapshot(link.id, digest, { takenAt })));
  }
  return { id: link.id, snapshots };
}

/** Makes everything in the store as old as if it had been written two hours ago. */
export function age(data: string): void {
  const old = new Date(Date.now() - 2 * 3_600_000);
  const folder = join(data, 'store/blobs/sha256');
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), old, old);
}

/** The digests that the store holds, sorted. */
export async function held({ store }: Workspace): Promise<readonly Digest[]> {
  return (await Array.fromAsync(store.list())).map(({ digest }) => digest).sort();
}
