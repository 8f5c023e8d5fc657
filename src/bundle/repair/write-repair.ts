import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, errorText, hasCode, systemClock } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { bundleErrors } from '../errors.ts';
import { writeWhole } from '../export/write-index.ts';
import { partName } from '../format/bundle-index.ts';
import { canonicalJson } from '../format/canonical-json.ts';
import { chunkBytes } from '../limits.ts';
import { createPace, type OnBundleProgress } from '../pace.ts';
import { writeFully } from '../parts/part-file.ts';
import { type SharedBytes, sha256, sharedBytes } from '../parts/sha256.ts';
import { writeFailure } from '../parts/write-failure.ts';
import { needSpace, type SpaceNeed } from '../space.ts';
import { chunksInFile, type RepairChunk, repairFileName, repairIndexName } from './repair-file.ts';
import { type ReportedChunk, readReport } from './report.ts';

export interface RepairOptions {
  /** The file of a report. */
  readonly report: string;
  /** The folder that the repair is written to; made where it is missing. */
  readonly to: string;
  readonly onPlan?: (need: SpaceNeed) => void;
  readonly onProgress?: OnBundleProgress;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** What a repair holds. */
export interface WrittenRepair {
  readonly chunks: number;
  readonly sizeBytes: number;
}

/**
 * Answers a report: writes just the chunks that it names, each checked against the hash that the bundle has for it, so that
 * nobody gets other bytes than those of the bundle. Throws `bundle.badReport`, `.nothingToRepair`, `.unrepairable`, `.noSpace`,
 * `.occupied`, `.unwritable`.
 */
export async function writeRepair(store: BlobStore, options: RepairOptions): Promise<WrittenRepair> {
  const { to, signal, clock = systemClock } = options;
  const { chunks, bundle } = await readReport(options.report);
  if (chunks.length === 0) throw bundleErrors.nothingToRepair({ place: options.report });
  await mkdir(to, { recursive: true }).catch((cause) => {
    throw bundleErrors.unwritable({ place: to, detail: errorText(cause) }, { cause });
  });
  const [other] = await readdir(to);
  if (other !== undefined && other !== repairIndexName && !/^chunks-\d{4,}$/.test(other))
    throw bundleErrors.occupied({ place: to, name: other });
  const sizeBytes = chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0);
  await needSpace(to, [sizeBytes, 256 * chunks.length], options.onPlan);
  const pace = createPace('exporting', sizeBytes, { onProgress: options.onProgress, clock });
  const written: RepairChunk[] = [];
  const buffer = sharedBytes(chunkBytes);
  let file: FileHandle | undefined;
  try {
    for (const [at, chunk] of chunks.entries()) {
      signal?.throwIfAborted();
      const number = Math.floor(at / chunksInFile) + 1;
      if (at % chunksInFile === 0) {
        await file?.sync();
        await file?.close();
        file = await open(join(to, repairFileName(number)), 'w', 0o644);
      }
      const bytes = await makeChunk(store, chunk, buffer);
      const offset = (at % chunksInFile) * chunkBytes;
      await writeFully(file!, bytes, offset);
      written.push({ part: chunk.part, chunk: chunk.chunk, sizeBytes: bytes.length, file: number, offset });
      pace.add(bytes.length, partName(chunk.part));
    }
    await file?.sync();
    const index = { format: 'holdfast-bundle-repair', version: 1, bundle, chunks: written };
    await writeWhole(to, repairIndexName, Buffer.from(canonicalJson(index)));
  } catch (error) {
    signal?.throwIfAborted();
    throw await writeFailure(to, error, sizeBytes);
  } finally {
    await file?.close();
  }
  pace.finish();
  return { chunks: written.length, sizeBytes };
}

async function makeChunk(
  store: BlobStore,
  { part, chunk, sizeBytes, sha256: wanted, pieces }: ReportedChunk,
  buffer: SharedBytes,
): Promise<Uint8Array> {
  const failed = (fault: string) => bundleErrors.unrepairable({ part: partName(part), chunk, fault });
  let filled = 0;
  const take = (bytes: Uint8Array) => {
    if (filled + bytes.length > sizeBytes) throw failed('its pieces are longer than the chunk');
    buffer.set(bytes, filled);
    filled += bytes.length;
  };
  for (const piece of pieces) {
    if ('base64' in piece) {
      take(Buffer.from(piece.base64, 'base64'));
      continue;
    }
    const { digest, start } = piece;
    try {
      for await (const bytes of await store.read(digest, { start, end: start + piece.sizeBytes }))
        take(bytes);
    } catch (error) {
      if (hasCode(error, 'store.notFound')) throw failed(`blob "${digest}" is not here any more`);
      if (hasCode(error, 'store.badRange')) throw failed(`blob "${digest}" is of another size here`);
      throw error;
    }
  }
  const bytes = buffer.subarray(0, filled);
  if (filled !== sizeBytes || (await sha256(bytes)) !== wanted)
    throw failed('what is here gives other bytes: the report does not fit, or a blob here is damaged');
  return bytes;
}
