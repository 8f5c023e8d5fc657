import type { Digest } from '../../kernel/index.ts';
import type { ReceiptMark, SizedBlob } from '../format/bundle-index.ts';
import { readReceipt } from '../receipt.ts';

/** What may stay at home: every blob that all receivers have, by their receipts. */
export async function leftOutBy(
  receipts: readonly string[],
  blobs: ReadonlyMap<Digest, SizedBlob>,
): Promise<{ readonly digests: ReadonlySet<Digest>; readonly marks: readonly ReceiptMark[] }> {
  const marks: ReceiptMark[] = [];
  let common: Set<Digest> | undefined;
  for (const place of receipts) {
    const held = new Set<Digest>();
    const mark = await readReceipt(place, ({ digest, sizeBytes }) => {
      if (blobs.get(digest)?.sizeBytes === sizeBytes && (common?.has(digest) ?? true)) held.add(digest);
    });
    marks.push(mark);
    common = held;
  }
  return { digests: common ?? new Set(), marks };
}
