import type { FileHandle } from 'node:fs/promises';
import type { BlobInfo, Expected } from '../blob-store.ts';
import { chunkBytes } from '../chunks.ts';
import { createMeasure } from '../measure.ts';

/** Hashes the first bytes of a file; throws as `createMeasure` does where they are not what was expected, and where it ends before. */
export async function measureFile(
  handle: FileHandle,
  sizeBytes: number,
  expected: Expected,
): Promise<BlobInfo> {
  const measure = createMeasure(expected);
  const buffer = Buffer.allocUnsafeSlow(chunkBytes);
  for (let at = 0; at < sizeBytes; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(chunkBytes, sizeBytes - at), at);
    if (bytesRead === 0) throw new Error(`the file ends at byte ${at}`);
    measure.add(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return measure.finish();
}
