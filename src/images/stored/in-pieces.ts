/** Chunks of at least this size are given as they are: writing them costs less than joining them. */
const largeBytes = 256 * 1024;
const pieceBytes = 1024 * 1024;

/**
 * Joins the small chunks of a stream into pieces of up to 1 MiB. What came before an error is given first. A piece is good
 * until the next one is asked for, since its buffer is used again.
 */
export async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let gathered: Buffer | undefined;
  let filled = 0;
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const chunk of source) {
      if (filled === 0 && chunk.length >= largeBytes) {
        yield chunk;
        continue;
      }
      gathered ??= Buffer.allocUnsafeSlow(pieceBytes);
      for (let taken = 0; taken < chunk.length; ) {
        const part = chunk.subarray(taken, taken + pieceBytes - filled);
        gathered.set(part, filled);
        filled += part.length;
        taken += part.length;
        if (filled < pieceBytes) continue;
        yield gathered;
        filled = 0;
      }
    }
  } catch (error) {
    failure = { error };
  }
  if (filled > 0) yield gathered!.subarray(0, filled);
  if (failure) throw failure.error;
}
