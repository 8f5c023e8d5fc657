import { z } from 'zod';
import { type Digest, isDigest, parseBoundedJson } from '../../kernel/index.ts';
import { bundleErrors } from '../errors.ts';
import type { BundleIndex } from '../format/bundle-index.ts';
import { faultIn } from '../format/index-schema.ts';
import { planTar, runsWithin } from '../format/tar-plan.ts';
import { chunkBytes, maxIndexBytes, maxIndexValues } from '../limits.ts';
import type { BadChunk } from '../read/check-chunks.ts';
import { readSmallFile } from '../read/read-index.ts';

/** What a chunk consists of: a range of a blob, or bytes between blobs, in base 64. */
export type ChunkPiece =
  | { readonly digest: Digest; readonly start: number; readonly sizeBytes: number }
  | { readonly base64: string };

/** A chunk that is wrong, with all that is needed to make it again. */
export interface ReportedChunk extends BadChunk {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly pieces: readonly ChunkPiece[];
}

/** What `holdfast verify DIR --report FILE` writes and `holdfast export --repair FILE` answers. */
export interface BundleReport {
  readonly format: 'holdfast-bundle-report';
  readonly version: 1;
  /** The sha256 of the `bundle.json` that was checked. */
  readonly bundle: Digest;
  readonly checkedAt: string;
  readonly chunks: readonly ReportedChunk[];
}

const count = z.int().nonnegative();
const schema: z.ZodType<BundleReport> = z.object({
  format: z.literal('holdfast-bundle-report'),
  version: z.literal(1),
  bundle: z.custom<Digest>(isDigest, 'not a digest'),
  checkedAt: z.iso.datetime(),
  chunks: z.array(
    z.object({
      part: count.min(1),
      chunk: count.min(1),
      file: z.string().max(20),
      sizeBytes: count.min(1).max(chunkBytes),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      fault: z.enum(['missing', 'truncated', 'damaged', 'unreadable']),
      detail: z.string().max(2_000),
      pieces: z.array(
        z.union([
          z.object({ digest: z.custom<Digest>(isDigest, 'not a digest'), start: count, sizeBytes: count }),
          z.object({ base64: z.base64() }),
        ]),
      ),
    }),
  ),
});

/** Describes what is wrong so that whoever holds the blobs can make it again. */
export function reportOf(
  index: BundleIndex,
  bundle: Digest,
  bad: readonly BadChunk[],
  checkedAt: Date,
): BundleReport {
  const plan = planTar(index.layoutIndex, index.blobs);
  const chunks = bad.map((chunk): ReportedChunk => {
    const part = index.parts[chunk.part - 1]!;
    const at = (chunk.chunk - 1) * chunkBytes;
    const sizeBytes = Math.min(chunkBytes, part.sizeBytes - at);
    const start = (chunk.part - 1) * index.partBytes + at;
    const pieces = runsWithin(plan, start, start + sizeBytes).map((run): ChunkPiece => {
      const from = Math.max(0, start - run.start);
      const to = Math.min(run.sizeBytes, start + sizeBytes - run.start);
      if (typeof run.source !== 'function')
        return { digest: run.source.digest, start: from, sizeBytes: to - from };
      return { base64: Buffer.from(run.source().subarray(from, to)).toString('base64') };
    });
    return { ...chunk, sizeBytes, sha256: part.chunks[chunk.chunk - 1]!, pieces };
  });
  return {
    format: 'holdfast-bundle-report',
    version: 1,
    bundle,
    checkedAt: checkedAt.toISOString(),
    chunks,
  };
}

/** Reads a report; throws `bundle.badReport` or `bundle.unreadable`. */
export async function readReport(place: string): Promise<BundleReport> {
  const bad = (fault: string) => bundleErrors.badReport({ place, fault });
  const bytes = await readSmallFile(place, maxIndexBytes);
  if (!bytes) throw bad(`it is longer than ${maxIndexBytes} bytes`);
  const json = parseBoundedJson(bytes, { maxBytes: maxIndexBytes, maxValues: maxIndexValues, maxDepth: 6 });
  if (typeof json === 'string') throw bad(json);
  const parsed = schema.safeParse(json.value);
  if (!parsed.success) throw bad(faultIn(parsed.error));
  return parsed.data;
}
