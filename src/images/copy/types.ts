import type { Clock, Descriptor, OnProgress } from '../../kernel/index.ts';
import type { Platform } from '../read-manifest.ts';
import type { ImageSource, ImageTarget } from '../types.ts';

/** An image to copy. */
export interface CopyRoot {
  /** An image tag or a digest in the source. */
  readonly reference: string;
  /** The image tag that it gets in the target. */
  readonly tag?: string;
}

export interface CopyOptions {
  readonly source: ImageSource;
  readonly target: ImageTarget;
  readonly roots: readonly CopyRoot[];
  /** Keeps only these platforms of every index, without changing its bytes; all where it is absent. */
  readonly platforms?: readonly Platform[];
  /** Takes signatures, attestations and SBOMs along: referrers (of any depth) and cosign's image tags. */
  readonly withReferrers?: boolean;
  /** Ends the copy with its reason. A registry that is to notice at once is made with the same one. */
  readonly signal?: AbortSignal;
  /** Stage `listing` in manifests, then `copying` in bytes of all parts, those that were there counted as done. */
  readonly onProgress?: OnProgress;
  /** How many parts are on their way at once; default 6. */
  readonly concurrency?: number;
  readonly clock?: Clock;
}

/** A root, and what it stood for. */
export interface CopiedRoot extends CopyRoot {
  readonly descriptor: Descriptor;
}

/** Something that came along with an image. */
export interface CopiedAttachment {
  readonly descriptor: Descriptor;
  /** What it belongs to. */
  readonly subject: Descriptor;
  /** Its image tag, where that is how it is found (cosign). */
  readonly tag?: string;
}

/** An index that the target did not take because not all its platforms were copied. */
export interface RefusedIndex {
  readonly descriptor: Descriptor;
  /** Its chosen manifests, which are in the target. */
  readonly chosen: readonly Descriptor[];
  /** The image tag that the index should have had; a single chosen manifest has it instead, of several none has. */
  readonly tag?: string;
}

export interface CopyResult {
  readonly roots: readonly CopiedRoot[];
  readonly attachments: readonly CopiedAttachment[];
  /** Entries of indexes that were left out, because their platform was not chosen. */
  readonly leftOut: readonly Descriptor[];
  readonly refusedIndexes: readonly RefusedIndex[];
  /** Of all parts, each once, and of those whose bytes were copied. */
  readonly sizeBytes: number;
  readonly copiedBytes: number;
}
