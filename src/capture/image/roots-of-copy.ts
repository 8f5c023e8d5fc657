import { bareDescriptor, type CopyResult, maxManifestBytes, readManifest } from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import type { ImageRoot } from '../snapshot/image-root.ts';

/**
 * The roots of a snapshot that a copy into the store makes: each image under its tag, then what came along with it. A snapshot
 * is whole, so in the place of an index of which not all platforms were copied stand those that were; a single one takes
 * over its tag.
 */
export async function rootsOfCopy(
  store: BlobStore,
  copied: CopyResult,
  repository: string,
): Promise<readonly ImageRoot[]> {
  const leftOut = new Set(copied.leftOut.map(({ digest }) => digest));
  const roots: ImageRoot[] = [];
  for (const { descriptor, tag } of [...copied.roots, ...copied.attachments]) {
    const chosen = leftOut.size === 0 ? [descriptor] : await wholeParts(store, descriptor, leftOut);
    const named = tag !== undefined && chosen.length === 1 ? { imageTag: tag } : {};
    roots.push(...chosen.map((one) => ({ descriptor: bareDescriptor(one), repository, ...named })));
  }
  return roots;
}

/** The manifest itself where all it names was copied, else those of its manifests that were. */
async function wholeParts(
  store: BlobStore,
  descriptor: Descriptor,
  leftOut: ReadonlySet<Digest>,
): Promise<readonly Descriptor[]> {
  const bytes = await store.bytes(descriptor.digest, maxManifestBytes);
  const { manifests } = readManifest(bytes, descriptor.mediaType, descriptor.digest);
  const copied = manifests.filter(({ digest }) => !leftOut.has(digest));
  const parts = await Promise.all(copied.map((entry) => wholeParts(store, entry, leftOut)));
  const isWhole =
    copied.length === manifests.length &&
    parts.every((part, at) => part.length === 1 && part[0]!.digest === copied[at]!.digest);
  return isWhole ? [descriptor] : parts.flat();
}
