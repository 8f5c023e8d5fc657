import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHoldfast } from '../lib/holdfast-server.ts';
import { twentyPages } from './debian.ts';
import { serveSite } from './site.ts';

/** Bytes of all files in a folder, as they are on disk. */
export async function folderBytes(folder: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) sum += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return sum;
}

export interface RepeatFigures {
  readonly pages: number;
  readonly snapshots: number;
  /** The whole data folder, database and PDFs included, after the first snapshot of each page. */
  readonly bytesOfOne: number;
  readonly bytesOfAll: number;
  readonly ratio: number;
}

/** Captures an unchanged site of twenty pages ten times and compares the data folder with that of one time. */
export async function repeatCaptures(times = 10): Promise<RepeatFigures> {
  const { source, paths } = await twentyPages();
  const site = await serveSite(source, 0, 2);
  const data = await mkdtemp(join(tmpdir(), 'holdfast-repeat-'));
  try {
    const first = await startHoldfast(data);
    const links = await first.add(paths.map((path) => site.origin + path));
    await first.settled();
    await first.idle();
    await first.stop();
    const bytesOfOne = await folderBytes(data);
    const again = await startHoldfast(data);
    for (let round = 1; round < times; round++) {
      for (const { id } of links) await again.snapshotAgain(id);
      await again.idle();
    }
    const snapshots = (await again.links()).reduce((sum, { snapshotCount }) => sum + snapshotCount, 0);
    await again.stop();
    const bytesOfAll = await folderBytes(data);
    return { pages: links.length, snapshots, bytesOfOne, bytesOfAll, ratio: bytesOfAll / bytesOfOne };
  } finally {
    await site.close();
    await rm(data, { recursive: true, force: true });
  }
}
