import {
  type CopiedRoot,
  type CopyResult,
  type CopyRoot,
  copyImages,
  createStoreSource,
  type ImageSource,
  type OpenedTarget,
  type RefusedIndex,
} from '../../images/index.ts';
import type { Digest, OnProgress } from '../../kernel/index.ts';
import type { Snapshot } from '../../links/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import { openRelease, type Release } from '../release/release.ts';
import { openImageSnapshot } from '../snapshot/image-index.ts';

/** Where copies go, and how. */
export interface CopyOut {
  readonly to: OpenedTarget;
  /** The image tag that a single image gets; its own where it is absent. */
  readonly tag?: string;
  readonly signal: AbortSignal;
  /** As `copyImages`. */
  readonly onProgress: OnProgress;
}

/** What an installation of a copied release is told from. */
export type CopiedRelease = Pick<Release, 'version' | 'digest' | 'imageTags' | 'sources' | 'signatures'>;

/** What was copied. */
export interface CopiedOut {
  readonly images: readonly CopiedRoot[];
  readonly release?: CopiedRelease;
  readonly refusedIndexes: readonly RefusedIndex[];
  /** Of all parts, each once, and of those whose bytes were sent. */
  readonly sizeBytes: number;
  readonly copiedBytes: number;
}

/**
 * Copies all that a snapshot holds: images and the components of a release under their image tags, what is about them, and a page
 * or a file as an artifact under the snapshot's id. Throws `capture.severalImages`, `capture.taggedRelease` and what `copyImages` throws.
 */
export async function copySnapshot(
  store: BlobStore,
  snapshot: Pick<Snapshot, 'id' | 'kind' | 'finalUrl'> & { readonly digest: Digest },
  /** The artifacts that were made later for it. */
  referrers: readonly Digest[],
  out: CopyOut,
): Promise<CopiedOut> {
  const source = createStoreSource({ store, name: snapshot.finalUrl, tags: new Map() });
  const release = snapshot.kind === 'release' ? await openRelease(store, snapshot.digest) : undefined;
  const roots = await rootsOf(store, snapshot, out);
  const artifacts = referrers.map((reference) => ({ reference }));
  const copied = await copyRoots(source, [...roots, ...artifacts], out);
  if (release && release.signatures.length > 0)
    await out.to.putSignatures?.(release.digest, release.signatures);
  return copiedOut([copied], release);
}

async function rootsOf(
  store: BlobStore,
  { id, kind, digest }: { readonly id: string; readonly kind: Snapshot['kind']; readonly digest: Digest },
  { to, tag }: CopyOut,
): Promise<readonly CopyRoot[]> {
  if (kind === 'page' || kind === 'file') return [{ reference: digest, tag: tag ?? id }];
  const { roots } = await openImageSnapshot(store, digest);
  if (kind === 'release' && tag !== undefined) throw captureErrors.taggedRelease({ target: to.target.name });
  // Beside its images a place has the signatures in a form of its own.
  const kept = roots.filter(({ role }) => role !== 'signature' || !to.putSignatures);
  const [first, ...rest] = kept;
  const isOne = first?.imageTag !== undefined || rest.every(({ descriptor }) => descriptor.artifactType);
  if (tag !== undefined && !isOne) throw captureErrors.severalImages({ snapshot: id, tag });
  return kept.map(({ descriptor, imageTag }, at): CopyRoot => {
    const name = at === 0 ? (tag ?? imageTag) : imageTag;
    return { reference: descriptor.digest, ...(name !== undefined && { tag: name }) };
  });
}

/** Copies roots of a source, whatever it is. */
export function copyRoots(
  source: ImageSource,
  roots: readonly CopyRoot[],
  { to, signal, onProgress }: CopyOut,
  withReferrers = false,
): Promise<CopyResult> {
  return copyImages({ source, target: to.target, roots, withReferrers, signal, onProgress });
}

/** The copies of one place to another, told as one. */
export function copiedOut(results: readonly CopyResult[], release?: CopiedRelease): CopiedOut {
  const sum = (field: 'sizeBytes' | 'copiedBytes') => results.reduce((all, one) => all + one[field], 0);
  return {
    images: results.flatMap(({ roots }) => roots),
    ...(release && { release }),
    refusedIndexes: results.flatMap(({ refusedIndexes }) => refusedIndexes),
    sizeBytes: sum('sizeBytes'),
    copiedBytes: sum('copiedBytes'),
  };
}
