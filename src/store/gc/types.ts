import type { Clock, Digest, OnProgress } from '../../kernel/index.ts';
import type { BlobInfo, BlobStore } from '../blob-store.ts';

/** What somebody at work needs kept: these digests with all that is reached from them, and every blob touched since. */
export interface Hold {
  readonly digests: readonly Digest[];
  /** Epoch milliseconds. */
  readonly sinceMs: number;
}

export interface CollectOptions {
  readonly store: BlobStore;
  /** Every manifest that is kept, in no order, as often as one likes; asked for once, after `holds`. */
  readonly roots: AsyncIterable<Digest>;
  /** Blobs that are kept by themselves, whatever they hold; asked for before the roots, so that one that becomes part of a root meanwhile is seen. */
  readonly leaves?: AsyncIterable<Digest>;
  /** A root and all that is reached from it; throws where that cannot be known, and then nothing is freed. */
  readonly reach: (root: Digest) => AsyncIterable<BlobInfo>;
  /** Asked for before the roots and after them, so that no hold can end or begin unseen between the two. */
  readonly holds?: () => Promise<readonly Hold[]>;
  /** What is younger stays: whoever wrote it may not have recorded yet that it is kept. Milliseconds. */
  readonly graceMs: number;
  /** What was touched so shortly before a hold began may not be touched again by who relies on it, see `renewAfterMs`; two minutes unless told. */
  readonly holdSlackMs?: number;
  /** True to free nothing, and count what would be freed. */
  readonly dryRun?: boolean;
  /** True to free everything where no root names a blob that is held; else that is refused, since the roots are then likely those of another store. */
  readonly everything?: boolean;
  /** Told of each blob that is freed, or would be. */
  readonly onFreed?: (blob: BlobInfo) => void;
  readonly signal?: AbortSignal;
  /** Stage `marking` in roots, then `freeing` in bytes. */
  readonly onProgress?: OnProgress;
  readonly clock?: Clock;
}

/** So many blobs, and their bytes. */
export interface Tally {
  readonly count: number;
  readonly sizeBytes: number;
}

/** What a collection freed, or would free, and what it left. */
export interface Collected {
  readonly dryRun: boolean;
  readonly freedBytes: number;
  readonly freed: {
    /** Blobs that nothing kept reaches. */
    readonly unreferenced: Tally;
    /** Blobs on their way in that nobody has gone on with for a week. */
    readonly partial: Tally;
  };
  /** Blobs that nothing reaches, left because they are younger than the grace or somebody at work may need them. */
  readonly young: Tally;
  /** Blobs that are reached. */
  readonly kept: Tally;
}
