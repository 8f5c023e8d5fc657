const pieceBytes = 1024 * 1024;

/** Joins a stream into pieces of 1 MiB, the last one shorter; what came before an error is given first. Each piece is a buffer of its own. */
export async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let piece = Buffer.allocUnsafeSlow(pieceBytes);
  let filled = 0;
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const chunk of source) {
      for (let taken = 0; taken < chunk.length; ) {
        const part = chunk.subarray(taken, taken + pieceBytes - filled);
        piece.set(part, filled);
        filled += part.length;
        taken += part.length;
        if (filled < pieceBytes) continue;
        yield piece;
        piece = Buffer.allocUnsafeSlow(pieceBytes);
        filled = 0;
      }
    }
  } catch (error) {
    failure = { error };
  }
  if (filled > 0) yield piece.subarray(0, filled);
  if (failure) throw failure.error;
}
