import { createHash } from 'node:crypto';
import { type Digest, splitDigest } from '../../kernel/index.ts';
import type { BlobStore, OpensBlobs } from '../../store/index.ts';
import { bundleErrors } from '../errors.ts';
import type { SizedBlob } from '../format/bundle-index.ts';
import type { Run } from '../format/tar-plan.ts';
import { createPieceRing } from '../parts/piece-ring.ts';

/** A store whose blobs are read without a new buffer for each piece, where it can. */
export type BlobsToExport = BlobStore & Partial<OpensBlobs>;

/** A piece of the tar, good until the one after the next is asked for, and the blob that it belongs to; undefined for what stands between blobs. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly blob: Digest | undefined;
}

/**
 * The bytes of a tar from a place on. Every blob is hashed as it passes, so that nothing damaged is carried away: throws
 * `bundle.corruptBlob`, and what the store throws.
 */
export async function* tarBytes(
  store: BlobsToExport,
  runs: readonly Run[],
  from: number,
): AsyncGenerator<Piece> {
  for (const { start, sizeBytes, source } of runs) {
    if (start + sizeBytes <= from) continue;
    const skip = Math.max(0, from - start);
    if (typeof source === 'function') yield { bytes: source().subarray(skip), blob: undefined };
    else for await (const bytes of checkedBlob(store, source, skip)) yield { bytes, blob: source.digest };
  }
}

/** The bytes of a blob from `skip` on; those before are hashed and not given. */
async function* checkedBlob(
  store: BlobsToExport,
  { digest, sizeBytes }: SizedBlob,
  skip: number,
): AsyncGenerator<Uint8Array> {
  const { algorithm } = splitDigest(digest);
  const hash = createHash(algorithm);
  let at = 0;
  for await (const bytes of piecesOf(store, digest)) {
    hash.update(bytes);
    at += bytes.length;
    const given = bytes.subarray(Math.max(0, bytes.length - Math.max(0, at - skip)));
    // The place of everything behind it is fixed already.
    if (at > sizeBytes) break;
    if (given.length > 0) yield given;
  }
  const actual =
    at === sizeBytes ? `${algorithm}:${hash.digest('hex')}` : `of another size than ${sizeBytes}`;
  if (actual !== digest) throw bundleErrors.corruptBlob({ digest, actual });
}

async function* piecesOf(store: BlobsToExport, digest: Digest): AsyncGenerator<Uint8Array> {
  if (!store.open) return yield* await store.read(digest);
  const blob = await store.open(digest);
  try {
    const ring = createPieceRing(blob.sizeBytes);
    for (let at = 0; at < blob.sizeBytes; ) {
      const into = ring.next(blob.sizeBytes - at);
      const count = await blob.read(into, at);
      if (count === 0) return;
      at += count;
      yield into.subarray(0, count);
    }
  } finally {
    await blob.close();
  }
}
