import type { BlobInfo, ByteRange } from './blob-store.ts';
import { storeErrors } from './errors.ts';

/** A range with both ends, the end cut to the blob's size; throws `store.badRange` where it starts beyond or runs backwards. */
export function fitRange(blob: BlobInfo, range: ByteRange = { start: 0 }): { start: number; end: number } {
  const { digest, sizeBytes } = blob;
  const { start, end = sizeBytes } = range;
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  if (!whole || start < 0 || start > sizeBytes || end < start)
    throw storeErrors.badRange({ start, end, digest, sizeBytes });
  return { start, end: Math.min(end, sizeBytes) };
}
