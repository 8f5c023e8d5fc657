import { type Clock, type Digest, errorText } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { type CarriedBlob, startOf } from '../format/bundle-index.ts';
import { createPace, type OnBundleProgress } from '../pace.ts';
import type { PartReader } from '../read/part-reader.ts';
import { BlobLanes, isOfBundle } from './blob-lanes.ts';

/** What became of the blobs of a bundle. */
export interface ImportedBlobs {
  readonly imported: number;
  readonly importedBytes: number;
  /** What the store had already. */
  readonly held: number;
  /** Those whose bytes are not what they should be, with the reason. */
  readonly failed: ReadonlyMap<Digest, string>;
}

/** The blobs of a bundle that a store lacks, in the order in which they lie. */
export async function missingBlobs(
  store: BlobStore,
  blobs: readonly CarriedBlob[],
): Promise<readonly CarriedBlob[]> {
  const missing: CarriedBlob[] = [];
  for (const blob of blobs)
    if ((await store.touch(blob.digest))?.sizeBytes !== blob.sizeBytes) missing.push(blob);
  return missing;
}

/**
 * Takes blobs into the store, each hashed as it comes; those that are not sound are passed over. What came in before a kill
 * counts, also within a blob. Throws what the store throws (`store.full`), or the signal's reason.
 */
export async function importBlobs(
  store: BlobStore,
  reader: PartReader,
  blobs: readonly CarriedBlob[],
  options: { onProgress?: OnBundleProgress | undefined; clock: Clock; signal?: AbortSignal | undefined },
): Promise<Pick<ImportedBlobs, 'imported' | 'importedBytes' | 'failed'>> {
  const total = blobs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const pace = createPace('importing', total, options);
  const failed = new Map<Digest, string>();
  const lanes = new BlobLanes(store, (digest, error) => failed.set(digest, errorText(error)));
  try {
    for (const blob of blobs) {
      options.signal?.throwIfAborted();
      const { digest } = blob;
      try {
        await lanes.take(blob, {
          bytes: (from) => reader.read(startOf(reader.index, blob) + from, blob.sizeBytes - from),
          onBytes: (count) => {
            options.signal?.throwIfAborted();
            pace.add(count, digest);
          },
        });
      } catch (error) {
        if (!isOfBundle(error)) throw error;
        failed.set(digest, errorText(error));
      }
    }
    await lanes.finish();
  } catch (error) {
    await lanes.abandon();
    throw error;
  }
  if (failed.size === 0) pace.finish();
  const sound = blobs.filter(({ digest }) => !failed.has(digest));
  const importedBytes = sound.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { imported: sound.length, importedBytes, failed };
}
