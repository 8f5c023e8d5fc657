import { type Digest, hasCode } from '../../../kernel/index.ts';
import type { BlobInfo, BlobStore } from '../../blob-store.ts';

/** Puts a blob that names others, as a manifest does. */
export async function putNode(
  store: Pick<BlobStore, 'put'>,
  name: string,
  parts: readonly Digest[],
): Promise<Digest> {
  return (await store.put(Buffer.from(JSON.stringify({ name, parts })))).digest;
}

/** What a node of `putNode` reaches, itself first; one that is gone reaches nothing. */
export function reachNodes(store: BlobStore): (root: Digest) => AsyncGenerator<BlobInfo> {
  return async function* (root) {
    const seen = new Set<Digest>();
    const waiting = [root];
    for (let digest = waiting.pop(); digest !== undefined; digest = waiting.pop()) {
      if (seen.has(digest)) continue;
      seen.add(digest);
      const bytes = await store.bytes(digest).catch((error) => {
        if (hasCode(error, 'store.notFound')) return undefined;
        throw error;
      });
      yield { digest, sizeBytes: bytes?.length ?? 0 };
      if (bytes) waiting.push(...partsOf(bytes));
    }
  };
}

function partsOf(bytes: Uint8Array): readonly Digest[] {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')).parts ?? [];
  } catch {
    return [];
  }
}

/** Roots that are a list. */
export async function* rootsOf(digests: Iterable<Digest>): AsyncGenerator<Digest> {
  yield* digests;
}
