import { z } from 'zod';
import { type Digest, isDigest } from '../../kernel/index.ts';
import { chunkBytes, defaultPartBytes } from '../limits.ts';

/** `repair.json`: which chunks of which bundle lie in the files beside it. Written as canonical JSON, last. */
export interface RepairIndex {
  readonly format: 'holdfast-bundle-repair';
  readonly version: 1;
  /** The sha256 of the `bundle.json` that they belong to. */
  readonly bundle: Digest;
  readonly chunks: readonly RepairChunk[];
}

/** A chunk, and where its bytes lie: `file` counts from 1. */
export interface RepairChunk {
  readonly part: number;
  readonly chunk: number;
  readonly sizeBytes: number;
  readonly file: number;
  readonly offset: number;
}

export const repairIndexName = 'repair.json';

/** The name of a file of chunks, counted from 1. */
export const repairFileName = (number: number): string => `chunks-${String(number).padStart(4, '0')}`;

/** As many chunks go into one file as FAT takes. */
export const chunksInFile = Math.floor(defaultPartBytes / chunkBytes);

const count = z.int().nonnegative();
export const repairSchema: z.ZodType<RepairIndex> = z.object({
  format: z.literal('holdfast-bundle-repair'),
  version: z.literal(1),
  bundle: z.custom<Digest>(isDigest, 'not a digest'),
  chunks: z.array(
    z.object({
      part: count.min(1),
      chunk: count.min(1),
      sizeBytes: count.min(1).max(chunkBytes),
      file: count.min(1),
      offset: count,
    }),
  ),
});
