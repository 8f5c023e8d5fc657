import type { Descriptor, Digest } from '../../../kernel/index.ts';
import type { BlobStore } from '../../../store/index.ts';

const smallBytes = 256 * 1024;
const keptBytes = 32 * 1024 * 1024;

/** Reads blobs, and keeps small ones: an icon that a page shows a thousand times is read once. */
export function createSmallBlobs(store: Pick<BlobStore, 'read'>) {
  const kept = new Map<Digest, readonly Uint8Array[]>();
  let free = keptBytes;
  return {
    async *read({ digest, size }: Descriptor): AsyncGenerator<Uint8Array> {
      const known = kept.get(digest);
      if (known !== undefined) {
        yield* known;
        return;
      }
      if (size > smallBytes || size > free) {
        yield* await store.read(digest);
        return;
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of await store.read(digest)) chunks.push(Uint8Array.from(chunk));
      kept.set(digest, chunks);
      free -= size;
      yield* chunks;
    },
  };
}
