import type { KeyObject } from 'node:crypto';
import { type Clock, systemClock } from '../../kernel/index.ts';
import type { OnBundleProgress } from '../pace.ts';
import { openRepairs } from '../repair/open-repairs.ts';
import { type BundleReport, reportOf } from '../repair/report.ts';
import { allChunks, type BadChunk, badChunksOf, overlongParts } from './check-chunks.ts';
import { type Hits, hitsOf } from './hits.ts';
import { PartReader } from './part-reader.ts';
import { openIndex, type Signature } from './read-index.ts';

export interface VerifyBundleOptions {
  /** Only what this key signed is taken. */
  readonly trust?: KeyObject;
  /** Folders of repairs, whose chunks stand for those in the parts. */
  readonly repairs?: readonly string[];
  /** Told of each chunk that is wrong as it is found. */
  readonly onBad?: (bad: BadChunk) => void;
  readonly onProgress?: OnBundleProgress;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** How a bundle was found. */
export interface VerifiedBundle {
  readonly ok: boolean;
  readonly signature: Signature;
  readonly parts: number;
  readonly tarBytes: number;
  readonly blobs: number;
  readonly snapshots: number;
  readonly bad: readonly BadChunk[];
  readonly overlong: readonly { readonly part: string; readonly extraBytes: number }[];
  readonly hits: Hits;
  readonly report: BundleReport;
}

/**
 * Hashes every chunk of a bundle where it lies, several at once. Throws where the index cannot be used (`bundle.unreadable`,
 * `.badIndex`, `.unsigned`, `.badSignature`) or a repair does not fit (`.badRepair`), or the signal's reason; whatever is wrong
 * with the parts is in the answer.
 */
export async function verifyBundle(
  folder: string,
  options: VerifyBundleOptions = {},
): Promise<VerifiedBundle> {
  const { clock = systemClock, onBad = () => {} } = options;
  const read = await openIndex(folder, options.trust);
  const { index, digest, signature } = read;
  const repairs = await openRepairs(options.repairs ?? [], read);
  const reader = new PartReader(folder, index, repairs.patches);
  const bad: BadChunk[] = [];
  try {
    for await (const chunk of badChunksOf(reader, allChunks(reader), { ...options, clock })) {
      bad.push(chunk);
      onBad(chunk);
    }
  } finally {
    await reader.close();
    await repairs.close();
  }
  const overlong = await overlongParts(folder, reader);
  return {
    ok: bad.length === 0 && overlong.length === 0,
    signature,
    parts: index.parts.length,
    tarBytes: index.tarBytes,
    blobs: index.blobs.length,
    snapshots: index.links.reduce((sum, { snapshots }) => sum + snapshots.length, 0),
    bad,
    overlong,
    hits: hitsOf(index, bad),
    report: reportOf(index, digest, bad, new Date(clock.now())),
  };
}
