import { type IndexEntry, maxManifestBytes, reachFrom, readManifest } from '../images/index.ts';
import type { Digest } from '../kernel/index.ts';
import type { Workspace } from './program.ts';

/** A snapshot that needs a blob, by ids, with its link's address and the images in it that need the blob. */
export interface Needing {
  readonly snapshot: string;
  readonly link: string;
  readonly url: string;
  /** As `host/path:tag` or `host/path@digest`; empty where the snapshot is no image, or needs the blob itself. */
  readonly images: readonly string[];
}

/** The snapshot whose manifest needs a blob. */
export async function needing(workspace: Workspace, manifest: Digest, blob: Digest): Promise<Needing> {
  const snapshot = await workspace.links.getSnapshot(manifest);
  const link = await workspace.links.find(snapshot.linkId);
  const images = await imagesNeeding(workspace, manifest, blob);
  return { snapshot: snapshot.id, link: snapshot.linkId, url: link?.url ?? '', images };
}

async function imagesNeeding(
  workspace: Workspace,
  manifest: Digest,
  blob: Digest,
): Promise<readonly string[]> {
  const deps = { store: workspace.store, referrers: workspace.referrers };
  const images = new Set<string>();
  for (const entry of await entriesOf(workspace, manifest)) {
    const name = nameOf(entry);
    if (name === undefined) continue;
    for await (const { descriptor } of reachFrom(deps, entry.digest, { passOver: () => true }))
      if (descriptor.digest === blob) images.add(name);
  }
  return [...images];
}

/** The entries of an index; none where it is no index, or cannot be read. */
async function entriesOf({ store }: Workspace, manifest: Digest): Promise<readonly IndexEntry[]> {
  try {
    return readManifest(await store.bytes(manifest, maxManifestBytes), undefined, manifest).manifests;
  } catch {
    return [];
  }
}

function nameOf({ digest, annotations = {} }: IndexEntry): string | undefined {
  const repository: unknown = annotations['dev.holdfast.repository'];
  const tag: unknown = annotations['org.opencontainers.image.ref.name'];
  if (typeof repository !== 'string') return undefined;
  return typeof tag === 'string' ? `${repository}:${tag}` : `${repository}@${digest}`;
}
