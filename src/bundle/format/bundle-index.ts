import type { Digest } from '../../kernel/index.ts';
import type { LinkOptions, Snapshot } from '../../links/index.ts';

/** A blob and its size. */
export interface SizedBlob {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** A blob that the bundle carries, and where its bytes begin. */
export interface CarriedBlob extends SizedBlob {
  /** Counted from 1. */
  readonly part: number;
  /** In bytes from the begin of that part; a blob may go on in the next ones. */
  readonly offset: number;
}

/** A file of the bundle, and the sha256 (hexadecimal) of each of its chunks. */
export interface BundlePart {
  readonly name: string;
  readonly sizeBytes: number;
  readonly chunks: readonly string[];
}

/** What was made later for a snapshot: an artifact whose `subject` is the snapshot's manifest. */
export interface BundledReferrer {
  readonly artifactType: string;
  readonly digest: Digest;
}

/** A snapshot as its row has it, with what it is made of. */
export interface BundledSnapshot extends Omit<Snapshot, 'id' | 'linkId' | 'digest'> {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly referrers: readonly BundledReferrer[];
  /** All blobs that it needs: places in `blobs`, and after those in `leftOut`. */
  readonly needs: readonly number[];
  /** What it names and the sender never had: platforms of an image that were not mirrored, parts that a source lacked. */
  readonly lacks: readonly Digest[];
}

export interface BundledLink {
  readonly url: string;
  /** The user's own title; null where there is none. */
  readonly title: string | null;
  readonly note: string;
  readonly tags: readonly string[];
  /** How it is captured; absent where nothing was said. */
  readonly options?: LinkOptions | undefined;
  readonly snapshots: readonly BundledSnapshot[];
}

/** A receiver that had everything which was left out. */
export interface ReceiptMark {
  readonly instance: string;
  readonly takenAt: string;
}

/** `bundle.json`: what is in a bundle, where, and how each piece is checked. Written as canonical JSON. */
export interface BundleIndex {
  readonly format: 'holdfast-bundle';
  readonly version: 1;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly software: string;
  /** The length of all parts together. */
  readonly tarBytes: number;
  /** The length of every part but the last. */
  readonly partBytes: number;
  readonly chunkBytes: number;
  readonly parts: readonly BundlePart[];
  /** The text of the tar's `index.json`. */
  readonly layoutIndex: string;
  /** In the order in which they lie. */
  readonly blobs: readonly CarriedBlob[];
  /** What the receivers have already. */
  readonly leftOut: readonly SizedBlob[];
  readonly receipts: readonly ReceiptMark[];
  readonly links: readonly BundledLink[];
}

export const indexName = 'bundle.json';
export const signatureName = 'bundle.json.sig';

/** The name of a part, counted from 1: it fits FAT, exFAT and ISO 9660. */
export const partName = (number: number): string => `part-${String(number).padStart(4, '0')}`;

/** Where a blob's bytes begin in the tar. */
export const startOf = (index: Pick<BundleIndex, 'partBytes'>, { part, offset }: CarriedBlob): number =>
  (part - 1) * index.partBytes + offset;
