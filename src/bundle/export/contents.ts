import { manifestKindOf, maxManifestBytes, readManifest, walkParts } from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import { hasCode } from '../../kernel/index.ts';
import type { Snapshot } from '../../links/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { bundleErrors } from '../errors.ts';
import type { BundledReferrer, SizedBlob } from '../format/bundle-index.ts';
import type { SelectedLink } from './select-links.ts';

/** A snapshot with everything that it is made of. */
export interface SnapshotContents {
  readonly snapshot: Snapshot;
  readonly root: Descriptor;
  readonly referrers: readonly (BundledReferrer & { readonly root: Descriptor })[];
  /** The manifests that an index of ours names: for an image or a release, those that were mirrored. */
  readonly entries: readonly Descriptor[];
  /** Everything reached and held, each once. */
  readonly blobs: readonly Digest[];
  /** What is named and was never held here. */
  readonly lacks: readonly Digest[];
}

export interface Contents {
  readonly links: readonly (SelectedLink & { readonly contents: readonly SnapshotContents[] })[];
  /** Every blob once, in the order in which snapshots need them. */
  readonly blobs: ReadonlyMap<Digest, SizedBlob>;
}

export interface ContentsDeps {
  readonly store: BlobStore;
  /** The manifests of what was made later for a snapshot's manifest. */
  readonly referrers: (manifest: Digest) => Promise<readonly Digest[]>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Walks everything that links are made of. Throws `bundle.missingBlob` where the store lacks a part or has it in another size,
 * but for what a snapshot may lack: platforms of an image, and parts of one whose verdict is not good.
 */
export async function readContents(deps: ContentsDeps, selected: readonly SelectedLink[]): Promise<Contents> {
  const blobs = new Map<Digest, SizedBlob>();
  const links: Contents['links'][number][] = [];
  for (const one of selected) {
    const contents: SnapshotContents[] = [];
    for (const snapshot of one.snapshots) {
      deps.signal?.throwIfAborted();
      contents.push(await contentsOf(deps, snapshot, one.link.url, blobs));
    }
    links.push({ ...one, contents });
  }
  return { links, blobs };
}

async function contentsOf(
  { store, referrers }: ContentsDeps,
  snapshot: Snapshot,
  url: string,
  blobs: Map<Digest, SizedBlob>,
): Promise<SnapshotContents> {
  const digest = snapshot.digest!;
  const missing = (lacking: Digest) =>
    bundleErrors.missingBlob({ snapshot: snapshot.id, url: url.slice(0, 300), digest: lacking });
  const open = async (manifest: Digest) => {
    const bytes = await store.bytes(manifest, maxManifestBytes).catch((error) => {
      throw hasCode(error, 'store.notFound') ? missing(manifest) : error;
    });
    const read = readManifest(bytes, undefined, url);
    return { read, root: { mediaType: read.mediaType, digest: manifest, size: bytes.length } };
  };
  const { root, read } = await open(digest);
  const later: SnapshotContents['referrers'][number][] = [];
  for (const artifact of await referrers(digest)) {
    const { read, root } = await open(artifact);
    if (read.artifactType !== undefined)
      later.push({ artifactType: read.artifactType, digest: artifact, root });
  }
  const own: Digest[] = [];
  const lacks: Digest[] = [];
  const roots = [root, ...later.map((it) => it.root)];
  const must = new Set([...roots, ...read.manifests].map((it) => it.digest));
  const passOver = ({ digest }: Descriptor, error: unknown) =>
    hasCode(error, 'store.notFound') && !must.has(digest);
  for await (const { descriptor, manifest } of walkParts(store, roots, url, { passOver })) {
    const held = blobs.get(descriptor.digest) ?? (await store.touch(descriptor.digest));
    if (held?.sizeBytes === descriptor.size) {
      own.push(held.digest);
      blobs.set(held.digest, held);
      continue;
    }
    const isPlatform = manifestKindOf(descriptor.mediaType) !== undefined && !manifest && !held;
    if (!isPlatform && (snapshot.verdict === 'good' || must.has(descriptor.digest)))
      throw missing(descriptor.digest);
    lacks.push(descriptor.digest);
  }
  return { snapshot, root, referrers: later, entries: read.manifests, blobs: own, lacks };
}
