import type { BlobSource } from './blob-store.ts';

/** The unit in which blobs are hashed, written and read. */
export const chunkBytes = 1024 * 1024;

/**
 * Cuts and joins a source into pieces of exactly 1 MiB, the last one shorter: few large writes, and no single hash step
 * that holds up everything else. Pieces of a stream are copies, since whoever feeds us may use its buffer again;
 * pieces of bytes in memory are views. An empty source gives none.
 */
export async function* chunksOf(source: BlobSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) return yield* slices(source);
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  for await (const part of source) {
    let rest = part;
    if (pendingBytes > 0 && pendingBytes + rest.length >= chunkBytes) {
      const missing = chunkBytes - pendingBytes;
      yield Buffer.concat([...pending, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      pending = [];
      pendingBytes = 0;
    }
    const whole = rest.length - (rest.length % chunkBytes);
    for (const piece of slices(rest.subarray(0, whole))) yield new Uint8Array(piece);
    if (whole === rest.length) continue;
    pending.push(new Uint8Array(rest.subarray(whole)));
    pendingBytes += rest.length - whole;
  }
  if (pendingBytes > 0) yield Buffer.concat(pending);
}

/** Views of at most 1 MiB, in order. */
export function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes)
    yield bytes.subarray(start, start + chunkBytes);
}
