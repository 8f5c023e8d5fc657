import { type Digest, splitDigest } from '../../kernel/index.ts';

/** What an image layout consists of (image-spec `image-layout.md`). */
export const markerPath = 'oci-layout';
export const indexPath = 'index.json';
export const markerBytes: Uint8Array = Buffer.from('{"imageLayoutVersion":"1.0.0"}');

/** Where a blob lies. */
export function blobPath(digest: Digest): string {
  const { algorithm, hex } = splitDigest(digest);
  return `blobs/${algorithm}/${hex}`;
}
