import type { Digest } from '../../kernel/index.ts';
import { type BundleIndex, startOf } from '../format/bundle-index.ts';
import { type ChunkRef, keyOf } from './part-reader.ts';

/** What of a bundle cannot be had because of chunks that are wrong. */
export interface Hits {
  readonly blobs: readonly Digest[];
  readonly snapshots: readonly { readonly url: string; readonly digest: Digest }[];
}

/** The blobs that lie in chunks, in part at least, and the snapshots that need one of them. */
export function hitsOf(index: BundleIndex, chunks: readonly ChunkRef[]): Hits {
  const bad = new Set(chunks.map(keyOf));
  const places = new Set<number>();
  if (bad.size > 0)
    for (const [place, blob] of index.blobs.entries())
      for (const ref of chunksOf(index, startOf(index, blob), blob.sizeBytes))
        if (bad.has(keyOf(ref))) places.add(place);
  const snapshots = index.links.flatMap(({ url, snapshots }) =>
    snapshots
      .filter(({ needs }) => needs.some((it) => places.has(it)))
      .map(({ digest }) => ({ url, digest })),
  );
  return { blobs: [...places].map((place) => index.blobs[place]!.digest), snapshots };
}

/** The chunks that blobs lie in, each once, in order. */
export function chunksOfBlobs(index: BundleIndex, digests: ReadonlySet<Digest>): readonly ChunkRef[] {
  const found = new Map<string, ChunkRef>();
  for (const blob of index.blobs)
    if (digests.has(blob.digest))
      for (const ref of chunksOf(index, startOf(index, blob), blob.sizeBytes)) found.set(keyOf(ref), ref);
  return [...found.values()];
}

/** The chunks that a range of the tar touches. */
function* chunksOf(
  { partBytes, chunkBytes }: BundleIndex,
  start: number,
  sizeBytes: number,
): Generator<ChunkRef> {
  for (let at = start; at < start + sizeBytes; ) {
    const part = Math.floor(at / partBytes);
    const chunk = Math.floor((at - part * partBytes) / chunkBytes);
    yield { part: part + 1, chunk: chunk + 1 };
    at = Math.min((part + 1) * partBytes, part * partBytes + (chunk + 1) * chunkBytes);
  }
}
