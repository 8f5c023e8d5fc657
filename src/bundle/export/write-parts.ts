import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../kernel/index.ts';
import { partName } from '../format/bundle-index.ts';
import type { PartPlan } from '../format/part-sizes.ts';
import type { TarPlan } from '../format/tar-plan.ts';
import { chunkBytes } from '../limits.ts';
import { createPace, type OnBundleProgress } from '../pace.ts';
import { ahead } from '../parts/ahead.ts';
import { writeFailure } from '../parts/write-failure.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { Journal } from './journal.ts';
import { type BlobsToExport, tarBytes } from './tar-bytes.ts';

interface PartsToWrite {
  readonly store: BlobsToExport;
  readonly plan: TarPlan;
  readonly parts: readonly PartPlan[];
  readonly folder: string;
  /** The hashes of the chunks that lie there already. */
  readonly known: readonly string[];
  readonly clock: Clock;
  readonly onProgress?: OnBundleProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Writes what is missing of the parts and gives the hash of every chunk; what is written lasts by then. */
export async function writeParts(options: PartsToWrite): Promise<readonly string[]> {
  const { store, plan, parts, folder, known, clock, onProgress, signal } = options;
  const partBytes = parts[0]!.sizeBytes;
  const start = startOfChunk(parts, known.length);
  const left = () => plan.sizeBytes - start;
  const failed = (error: unknown) => writeFailure(folder, error, left());
  const journal = await Journal.begin(folder, plan.id, partBytes, known).catch(async (error) => {
    throw await failed(error);
  });
  const writer = new ChunkWriter(folder, parts, known, start, (hash) => journal.note(hash));
  try {
    await removeOthers(folder, parts.length);
    const pace = createPace('exporting', plan.sizeBytes, { onProgress, clock, startBytes: start });
    for await (const { bytes, blob } of ahead(tarBytes(store, plan.runs, start))) {
      signal?.throwIfAborted();
      await writer.put(bytes);
      pace.add(bytes.length, blob ?? '');
    }
    const hashes = await writer.finish();
    await syncParts(folder, parts, start);
    pace.finish();
    await journal.close();
    return hashes;
  } catch (error) {
    await writer.abandon();
    await journal.close().catch(() => {});
    signal?.throwIfAborted();
    throw await failed(error);
  }
}

/** Where in the tar a chunk begins. */
function startOfChunk(parts: readonly PartPlan[], chunk: number): number {
  let before = 0;
  for (const { start, sizeBytes } of parts) {
    const here = Math.ceil(sizeBytes / chunkBytes);
    if (chunk < before + here) return start + (chunk - before) * chunkBytes;
    before += here;
  }
  const last = parts.at(-1)!;
  return last.start + last.sizeBytes;
}

/** Makes parts last that a run before wrote, up to a place in the tar. */
async function syncParts(folder: string, parts: readonly PartPlan[], end: number): Promise<void> {
  for (const [at, { start, sizeBytes }] of parts.entries()) {
    if (start + sizeBytes > end) return;
    await using file = await open(join(folder, partName(at + 1)), 'r+');
    await file.sync();
  }
}

/** Parts beyond the last, which a longer export left. */
async function removeOthers(folder: string, count: number): Promise<void> {
  const own = new Set(Array.from({ length: count }, (_, at) => partName(at + 1)));
  for (const name of await readdir(folder))
    if (/^part-\d{4,}$/.test(name) && !own.has(name)) await rm(join(folder, name));
}
