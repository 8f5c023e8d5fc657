import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleErrors } from '../errors.ts';
import { type BundleIndex, partName } from '../format/bundle-index.ts';
import { canonicalJson } from '../format/canonical-json.ts';
import { chunksIn, type PartPlan } from '../format/part-sizes.ts';
import { maxIndexBytes } from '../limits.ts';
import { needSpace, type SpaceNeed } from '../space.ts';

const hashLine = 65;
const smallFilesBytes = 8192;

/**
 * Measures what is still to be written: parts, index, journal and signature. Every hash has one length, so the index is
 * measured before there is one. Throws `bundle.noSpace`, or `bundle.tooLarge` where the index would be too long.
 */
export async function spaceOfExport(
  folder: string,
  parts: readonly PartPlan[],
  describe: (hashes: readonly string[]) => BundleIndex,
): Promise<SpaceNeed> {
  const chunks = parts.reduce((sum, { sizeBytes }) => sum + chunksIn(sizeBytes), 0);
  const blank = '0'.repeat(64);
  const indexBytes = Buffer.byteLength(canonicalJson(describe(Array.from({ length: chunks }, () => blank))));
  if (indexBytes > maxIndexBytes)
    throw bundleErrors.tooLarge({ sizeBytes: indexBytes, limitBytes: maxIndexBytes });
  const there = new Map<string, number>();
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    // What a file takes, which is less than its length where it has holes.
    if (found?.isFile()) there.set(name, Math.min(found.size, found.blocks * 512));
  }
  const left = parts.map(({ sizeBytes }, at) => Math.max(0, sizeBytes - (there.get(partName(at + 1)) ?? 0)));
  return needSpace(folder, [...left, indexBytes, chunks * hashLine, smallFilesBytes]);
}
