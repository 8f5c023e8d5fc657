import type { PartialBlob } from '../../../store/index.ts';
import { Transient } from './faults.ts';
import type { Interval } from './intervals.ts';
import { PieceWriter } from './piece-writer.ts';

/**
 * Writes a body where it belongs as it comes, no further than to the end of the interval (which may be infinite); what came
 * before a fault is written too. A body that ends before a finite end is a `Transient` fault.
 */
export async function pour(
  body: AsyncIterable<Uint8Array>,
  partial: PartialBlob,
  [start, end]: Interval,
  on: { written(interval: Interval): void; moved(bytes: number): void },
): Promise<void> {
  const writer = new PieceWriter(partial, start, on.written);
  let at = start;
  try {
    for await (const chunk of body) {
      const piece = chunk.length > end - at ? chunk.subarray(0, end - at) : chunk;
      await writer.push(piece);
      at += piece.length;
      on.moved(piece.length);
      if (at === end) break;
    }
  } finally {
    await writer.end();
  }
  if (at < end && Number.isFinite(end)) throw new Transient(`the answer ended at byte ${at} of ${end}`);
}
