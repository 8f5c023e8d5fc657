/** What is read at once. */
const pieceBytes = 1024 * 1024;
/** One that is worked on, and one that is read into meanwhile (`ahead`). */
const places = 2;

/** Memory for pieces that are read one after the other; gigabytes go through it and leave nothing to collect. */
export interface PieceRing {
  /** Memory for so many bytes, but no more than 1 MiB; it is good until the one after the next is asked for. */
  next(sizeBytes: number): Uint8Array;
}

/** A ring for pieces of at most `largestBytes`. */
export function createPieceRing(largestBytes = pieceBytes): PieceRing {
  const buffers: Buffer[] = [];
  let turn = 0;
  return {
    next(sizeBytes) {
      turn = (turn + 1) % places;
      buffers[turn] ??= Buffer.allocUnsafeSlow(Math.min(pieceBytes, largestBytes));
      return buffers[turn]!.subarray(0, sizeBytes);
    },
  };
}
