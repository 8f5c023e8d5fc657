import type { KeyObject } from 'node:crypto';
import { type Clock, type Digest, systemClock } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import type { CarriedBlob } from '../format/bundle-index.ts';
import type { OnBundleProgress } from '../pace.ts';
import { type BadChunk, badChunksOf } from '../read/check-chunks.ts';
import { chunksOfBlobs } from '../read/hits.ts';
import { PartReader } from '../read/part-reader.ts';
import { openIndex, type Signature } from '../read/read-index.ts';
import { openRepairs } from '../repair/open-repairs.ts';
import { type BundleReport, reportOf } from '../repair/report.ts';
import { needSpace, type SpaceNeed } from '../space.ts';
import { underHold } from '../under-hold.ts';
import { partialKeyOf } from './blob-lanes.ts';
import { type ImportedBlobs, importBlobs, missingBlobs } from './import-blobs.ts';
import { type ImportDeps, type RecordedLinks, recordLinks } from './record-links.ts';

export interface ImportOptions {
  /** Only what this key signed is taken. */
  readonly trust?: KeyObject;
  /** Folders of repairs, whose chunks stand for those in the parts. */
  readonly repairs?: readonly string[];
  /** The folder of the store, to see whether there is room; without it the store itself says when it is full. */
  readonly storeFolder?: string;
  /** Told before the first byte is written. */
  readonly onPlan?: (plan: ImportPlan) => void;
  readonly onProgress?: OnBundleProgress;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** What an import is going to write. */
export interface ImportPlan {
  readonly signature: Signature;
  readonly blobs: number;
  readonly sizeBytes: number;
  /** Blobs of the bundle that the store has already. */
  readonly held: number;
  readonly space: SpaceNeed | undefined;
}

/** How an import came out. */
export interface ImportedBundle extends ImportedBlobs, RecordedLinks {
  /** True where everything that the bundle is for is there now. */
  readonly ok: boolean;
  readonly signature: Signature;
  /** Missing blobs that were left out on purpose, because a receipt said that they are here. */
  readonly leftOutMissing: readonly Digest[];
  /** The chunks that made blobs fail. */
  readonly bad: readonly BadChunk[];
  readonly report: BundleReport;
}

/**
 * Takes in everything of a bundle that is sound, and records the links and snapshots that are whole by then. What is damaged
 * or missing is in the answer; the same call again, with a repair, completes it. Throws where the index cannot be used, where
 * there is no room (`bundle.noSpace`, `store.full`), or the signal's reason.
 */
export function importBundle(
  deps: ImportDeps,
  folder: string,
  options: ImportOptions = {},
): Promise<ImportedBundle> {
  return underHold(deps.holds, {}, options.signal, (signal) =>
    takeIn(deps, folder, { ...options, ...(signal && { signal }) }),
  );
}

async function takeIn(deps: ImportDeps, folder: string, options: ImportOptions): Promise<ImportedBundle> {
  const { clock = systemClock, signal } = options;
  const read = await openIndex(folder, options.trust);
  const { index, signature } = read;
  const missing = await missingBlobs(deps.store, index.blobs);
  const held = index.blobs.length - missing.length;
  const space = await roomFor(deps.store, missing, options.storeFolder);
  const sizeBytes = missing.reduce((sum, blob) => sum + blob.sizeBytes, 0);
  options.onPlan?.({ signature, blobs: missing.length, sizeBytes, held, space });
  const repairs = await openRepairs(options.repairs ?? [], read);
  const reader = new PartReader(folder, index, repairs.patches);
  const bad: BadChunk[] = [];
  try {
    const blobs = await importBlobs(deps.store, reader, missing, { ...options, clock });
    const suspects = chunksOfBlobs(index, new Set(blobs.failed.keys()));
    for await (const chunk of badChunksOf(reader, suspects, { clock, signal })) bad.push(chunk);
    const isTrusted = signature.state === 'trusted';
    const recorded = await recordLinks(deps, index, { isTrusted, clock, signal });
    const lacking = new Set(recorded.incomplete.flatMap((it) => it.missing));
    return {
      ...blobs,
      ...recorded,
      held,
      ok: blobs.failed.size === 0 && recorded.incomplete.length === 0 && recorded.refused.length === 0,
      signature,
      leftOutMissing: index.leftOut.map(({ digest }) => digest).filter((digest) => lacking.has(digest)),
      bad,
      report: reportOf(index, read.digest, bad, new Date(clock.now())),
    };
  } finally {
    await reader.close();
    await repairs.close();
  }
}

async function roomFor(
  store: BlobStore,
  missing: readonly CarriedBlob[],
  folder: string | undefined,
): Promise<SpaceNeed | undefined> {
  if (folder === undefined) return undefined;
  const arrived = new Map<string, number>();
  for await (const { key, sizeBytes } of store.partials()) arrived.set(key, sizeBytes);
  const left = missing.map((blob) =>
    Math.max(0, blob.sizeBytes - (arrived.get(partialKeyOf(blob.digest)) ?? 0)),
  );
  return needSpace(folder, left);
}
