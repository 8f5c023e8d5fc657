import type { Digest } from '../../../kernel/index.ts';
import type { LayerInput } from '../../snapshot/write-snapshot.ts';
import { pictureType } from '../compose/picture-type.ts';
import type { Saving } from './saving.ts';

/** What stood behind `blob:` URLs. */
export interface BlobUrls {
  readonly digests: ReadonlyMap<string, Digest>;
  readonly layers: readonly LayerInput[];
}

/** Puts what stood behind `blob:` URLs into the batch. */
export async function keepBlobUrls({ visit, batch }: Saving): Promise<BlobUrls> {
  const digests = new Map<string, Digest>();
  const layers: LayerInput[] = [];
  for (const [url, declared, base64] of visit.harvest.blobs) {
    const bytes = Buffer.from(base64, 'base64');
    const mediaType =
      pictureType(bytes) ??
      (/^(image|font)\/[\w.+-]+$/.test(declared) ? declared : 'application/octet-stream');
    const { digest, sizeBytes } = await batch.put(bytes);
    digests.set(url, digest);
    layers.push({ role: 'resource', mediaType, digest, size: sizeBytes });
  }
  return { digests, layers };
}
