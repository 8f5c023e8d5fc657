import { maxManifestBytes, parseManifest } from '../images/index.ts';
import { type Digest, errorText, hasCode, type OnProgress } from '../kernel/index.ts';
import { type BlobFault, verifyBlobs } from '../store/index.ts';
import type { Workspace } from './program.ts';

/** A snapshot that lacks what is wrong, by ids, with its link's address. */
export interface Needing {
  readonly snapshot: string;
  readonly link: string;
  readonly url: string;
}

/** One thing that is wrong with what is kept, and the snapshots that suffer from it. */
export interface Found {
  readonly fault: BlobFault['fault'] | 'missing' | 'wrongSize' | 'badManifest';
  readonly digest?: Digest;
  readonly path?: string;
  readonly detail: string;
  readonly neededBy: readonly Needing[];
}

/** How much was looked at; `unreferenced` blobs belong to no snapshot. */
export interface Verified {
  readonly blobs: number;
  readonly sizeBytes: number;
  readonly snapshots: number;
  readonly unreferenced: number;
}

/**
 * Hashes every blob anew, and checks that every snapshot in the database has its manifest and every part that it names,
 * in the size that it names. Yields each fault as it is found.
 */
export async function* verifyAll(
  workspace: Workspace,
  options: { signal: AbortSignal; onProgress: OnProgress },
): AsyncGenerator<Found, Verified> {
  const { links, store } = workspace;
  const owners = new Map<Digest, Set<Digest>>();
  let snapshots = 0;
  const ownersOf = (digest: Digest | undefined) =>
    Promise.all([...((digest && owners.get(digest)) ?? [])].map((manifest) => needing(workspace, manifest)));
  for await (const manifest of links.heldManifests()) {
    options.signal.throwIfAborted();
    snapshots++;
    const own = (digest: Digest) => owners.set(digest, (owners.get(digest) ?? new Set()).add(manifest));
    const neededBy = [await needing(workspace, manifest)];
    for (const artifact of [manifest, ...(await workspace.referrers(manifest))]) {
      own(artifact);
      for await (const fault of faultsOfManifest(store, artifact, own)) yield { ...fault, neededBy };
    }
  }
  const hashing = verifyBlobs(store, options);
  let step = await hashing.next();
  for (; !step.done; step = await hashing.next())
    yield { ...step.value, neededBy: await ownersOf(step.value.digest) };
  let unreferenced = 0;
  for await (const { digest } of store.list()) if (!owners.has(digest)) unreferenced++;
  return { ...step.value, snapshots, unreferenced };
}

/** Checks that the parts that a manifest names are there; `own` is told of each. */
async function* faultsOfManifest(
  store: Workspace['store'],
  manifest: Digest,
  own: (digest: Digest) => void,
): AsyncGenerator<Omit<Found, 'neededBy'>> {
  let parsed: ReturnType<typeof parseManifest>;
  try {
    parsed = parseManifest(await store.bytes(manifest, maxManifestBytes));
  } catch (error) {
    // Damaged bytes are found again, and told, when all blobs are hashed.
    if (hasCode(error, 'store.corrupt') || hasCode(error, 'store.unreadable')) return;
    const fault = hasCode(error, 'store.notFound') ? 'missing' : 'badManifest';
    yield { fault, digest: manifest, detail: errorText(error) };
    return;
  }
  for (const { digest, size } of [parsed.config, ...parsed.layers]) {
    own(digest);
    const blob = await store.stat(digest);
    if (!blob) yield { fault: 'missing', digest, detail: '' };
    else if (blob.sizeBytes !== size)
      yield { fault: 'wrongSize', digest, detail: `${blob.sizeBytes} ≠ ${size}` };
  }
}

async function needing({ links }: Workspace, manifest: Digest): Promise<Needing> {
  const snapshot = await links.getSnapshot(manifest);
  const link = await links.find(snapshot.linkId);
  return { snapshot: snapshot.id, link: snapshot.linkId, url: link?.url ?? '' };
}
