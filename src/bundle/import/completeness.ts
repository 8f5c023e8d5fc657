import { maxManifestBytes, readManifest, walkParts } from '../../images/index.ts';
import { type Descriptor, type Digest, errorText, hasCode } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { bundleErrors } from '../errors.ts';
import type { BundledReferrer, BundledSnapshot, BundleIndex } from '../format/bundle-index.ts';
import { maxSnapshotParts } from '../limits.ts';

/** As many missing blobs of a snapshot are named. */
const mostNamed = 1_000;

/**
 * The blobs that a store lacks for a snapshot: by the bundle's list first, then by what the manifests themselves say. Throws
 * `bundle.badSnapshot` where those are not what the bundle says.
 */
export async function missingFor(
  store: BlobStore,
  index: BundleIndex,
  snapshot: BundledSnapshot,
): Promise<readonly Digest[]> {
  const missing: Digest[] = [];
  const excused = new Set(snapshot.lacks);
  const check = async (digest: Digest, sizeBytes: number) => {
    // Touched, since from here on it is relied on: it must not be collected before the snapshot is recorded.
    if (!excused.has(digest) && (await store.touch(digest))?.sizeBytes !== sizeBytes) missing.push(digest);
    return missing.length >= mostNamed;
  };
  for (const place of snapshot.needs) {
    const blob = index.blobs[place] ?? index.leftOut[place - index.blobs.length]!;
    if (await check(blob.digest, blob.sizeBytes)) return missing;
  }
  if (missing.length > 0) return missing;
  const { digest, mediaType, sizeBytes } = snapshot;
  const bad = (fault: string, cause?: unknown) => bundleErrors.badSnapshot({ digest, fault }, { cause });
  const passOver = (_: Descriptor, error: unknown) => hasCode(error, 'store.notFound');
  const roots = [{ mediaType, digest, size: sizeBytes }];
  excused.delete(digest);
  let parts = 0;
  try {
    for await (const { descriptor } of walkParts(store, roots, digest, { passOver })) {
      if (++parts > maxSnapshotParts) throw bad(`it has more than ${maxSnapshotParts} parts`);
      if (await check(descriptor.digest, descriptor.size)) break;
    }
  } catch (error) {
    throw hasCode(error, 'bundle.badSnapshot') ? error : bad(errorText(error), error);
  }
  return missing;
}

/** True where an artifact is held whole and says itself that it belongs to the snapshot. */
export async function isReferrerOf(
  store: BlobStore,
  subject: Digest,
  { digest, artifactType }: BundledReferrer,
): Promise<boolean> {
  try {
    const manifest = readManifest(await store.bytes(digest, maxManifestBytes), undefined, digest);
    if (manifest.subject?.digest !== subject || manifest.artifactType !== artifactType) return false;
    for (const part of [...(manifest.config ? [manifest.config] : []), ...manifest.layers])
      if ((await store.stat(part.digest))?.sizeBytes !== part.size) return false;
    return true;
  } catch {
    return false;
  }
}
