import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleErrors } from '../errors.ts';
import { type BundleIndex, indexName, partName, signatureName } from '../format/bundle-index.ts';
import { chunksIn, type PartPlan } from '../format/part-sizes.ts';
import type { TarPlan } from '../format/tar-plan.ts';
import { planTar } from '../format/tar-plan.ts';
import { chunkBytes } from '../limits.ts';
import { openToRead, readFully } from '../parts/part-file.ts';
import { sha256, sharedBytes } from '../parts/sha256.ts';
import { readIndexFile } from '../read/read-index.ts';
import { hasJournal, journalName, readJournal } from './journal.ts';

/** A chunk of the tar that is to be written. */
export interface ChunkPlace {
  readonly part: number;
  /** In bytes from the begin of the part. */
  readonly at: number;
  readonly sizeBytes: number;
}

/** Where the chunks of parts lie, in order. */
export function* chunkPlaces(parts: readonly PartPlan[]): Generator<ChunkPlace> {
  for (const [part, { sizeBytes }] of parts.entries())
    for (let chunk = 0; chunk < chunksIn(sizeBytes); chunk++) {
      const at = chunk * chunkBytes;
      yield { part, at, sizeBytes: Math.min(chunkBytes, sizeBytes - at) };
    }
}

/**
 * What of a tar lies in a folder already: the hashes of its first chunks, each checked against the bytes. Of another export
 * that never ended the parts are taken away. Throws `bundle.occupied` where a bundle or parts of something else lie there.
 */
export async function findWritten(
  folder: string,
  plan: TarPlan,
  parts: readonly PartPlan[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const names = await readdir(folder);
  const ours = names.filter((name) => /^part-\d{4,}$/.test(name));
  const partBytes = parts[0]!.sizeBytes;
  const complete = names.includes(indexName) ? await hashesOfComplete(folder, plan, partBytes) : undefined;
  const noted = complete ?? (await readJournal(folder, plan.id, partBytes));
  if (noted) return soundChunks(folder, parts, noted, signal);
  const occupied = (name: string) => bundleErrors.occupied({ place: folder, name });
  if (names.includes(indexName)) throw occupied(indexName);
  if (ours.length > 0 && !(await hasJournal(folder))) throw occupied(ours[0]!);
  for (const name of [...ours, journalName, signatureName]) await rm(join(folder, name), { force: true });
  return [];
}

/** The hashes that the index of a finished bundle names, where it is of this very tar. */
async function hashesOfComplete(
  folder: string,
  plan: TarPlan,
  partBytes: number,
): Promise<readonly string[] | undefined> {
  const read = await readIndexFile(folder).catch(() => undefined);
  if (!read) return undefined;
  const { index } = read;
  const isSame = index.parts[0]!.sizeBytes === partBytes && idOf(index) === plan.id;
  return isSame ? index.parts.flatMap(({ chunks }) => chunks) : undefined;
}

const idOf = ({ layoutIndex, blobs }: BundleIndex): string => planTar(layoutIndex, blobs).id;

async function soundChunks(
  folder: string,
  parts: readonly PartPlan[],
  hashes: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const buffer = sharedBytes(chunkBytes);
  const sound: string[] = [];
  let open: { part: number; file: Awaited<ReturnType<typeof openToRead>> } | undefined;
  try {
    for (const { part, at, sizeBytes } of chunkPlaces(parts)) {
      signal?.throwIfAborted();
      const hash = hashes[sound.length];
      if (hash === undefined) break;
      if (open?.part !== part) {
        await open?.file.close();
        open = { part, file: await openToRead(join(folder, partName(part + 1))) };
      }
      const bytes = buffer.subarray(0, sizeBytes);
      if ((await readFully(open.file, bytes, at)) < sizeBytes || (await sha256(bytes)) !== hash) break;
      sound.push(hash);
    }
  } catch {
    signal?.throwIfAborted();
    // What cannot be read is written again, and that tells what is wrong.
  } finally {
    await open?.file.close().catch(() => {});
  }
  return sound;
}
