import { type Reached, reachFrom } from '../images/index.ts';
import { type Digest, errorText, hasCode, type OnProgress } from '../kernel/index.ts';
import { type BlobFault, verifyBlobs } from '../store/index.ts';
import { type Needing, needing } from './needing.ts';
import type { Workspace } from './program.ts';

/** One thing that is wrong with what is kept, and the snapshots that suffer from it. */
export interface Found {
  readonly fault: BlobFault['fault'] | 'missing' | 'wrongSize' | 'badManifest';
  readonly digest?: Digest;
  readonly path?: string;
  readonly detail: string;
  readonly neededBy: readonly Needing[];
}

type PartFault = Pick<Found, 'fault' | 'detail'>;

/** How much was looked at; `unreferenced` is what garbage collection would free once it is old enough. */
export interface Verified {
  readonly blobs: number;
  readonly sizeBytes: number;
  readonly snapshots: number;
  readonly unreferenced: number;
  readonly unreferencedBytes: number;
}

/**
 * Hashes every blob anew, and checks that everything that a snapshot, or whoever else keeps manifests, reaches is there
 * in the size that is named: through indexes and manifests within them, with what refers to any of them. Yields each
 * fault once, as it is found.
 */
export async function* verifyAll(
  workspace: Workspace,
  options: { signal: AbortSignal; onProgress: OnProgress },
): AsyncGenerator<Found, Verified> {
  const { links, store } = workspace;
  const walk = createWalk(workspace, options.signal);
  let snapshots = 0;
  for await (const manifest of links.heldManifests()) {
    snapshots++;
    await walk.from(manifest, manifest);
  }
  for (const blob of await workspace.otherBlobs()) walk.keep(blob);
  for await (const manifest of workspace.otherRoots()) await walk.from(manifest, undefined);
  const neededBy = async (digest: Digest | undefined) => {
    const owners = digest === undefined ? [] : [...(walk.owners.get(digest) ?? [])];
    return Promise.all(owners.map((manifest) => needing(workspace, manifest, digest!)));
  };
  for (const [digest, fault] of walk.faults) yield { ...fault, digest, neededBy: await neededBy(digest) };

  const hashing = verifyBlobs(store, options);
  let step = await hashing.next();
  for (; !step.done; step = await hashing.next())
    yield { ...step.value, neededBy: await neededBy(step.value.digest) };
  let [unreferenced, unreferencedBytes] = [0, 0];
  for await (const { digest, sizeBytes } of store.list()) {
    if (walk.owners.has(digest)) continue;
    unreferenced++;
    unreferencedBytes += sizeBytes;
  }
  return { ...step.value, snapshots, unreferenced, unreferencedBytes };
}

/** Walks from roots and remembers which snapshots' manifests reach a blob, and what is wrong with the parts. */
function createWalk(workspace: Workspace, signal: AbortSignal) {
  const { store, referrers } = workspace;
  const owners = new Map<Digest, Set<Digest>>();
  const faults = new Map<Digest, PartFault>();
  const damaged = new Set<Digest>();

  async function checkPart({ descriptor }: Reached): Promise<void> {
    const { digest, size } = descriptor;
    // A damaged manifest has its fault told when all blobs are hashed.
    if (faults.has(digest) || damaged.has(digest)) return;
    const blob = await store.stat(digest);
    if (!blob) faults.set(digest, { fault: 'missing', detail: '' });
    else if (blob.sizeBytes !== size)
      faults.set(digest, { fault: 'wrongSize', detail: `${blob.sizeBytes} ≠ ${size}` });
  }

  const passOver = ({ digest }: Reached['descriptor'], error: unknown): boolean => {
    if (hasCode(error, 'store.notFound')) faults.set(digest, { fault: 'missing', detail: '' });
    else if (hasCode(error, 'store.corrupt') || hasCode(error, 'store.unreadable')) damaged.add(digest);
    else faults.set(digest, { fault: 'badManifest', detail: errorText(error) });
    return true;
  };

  return {
    owners,
    faults,
    /** A blob that is kept whatever it holds. */
    keep: (blob: Digest) => void (owners.has(blob) || owners.set(blob, new Set())),
    /** `owner` is the snapshot's manifest that is told to need what is wrong. */
    async from(root: Digest, owner: Digest | undefined): Promise<void> {
      for await (const reached of reachFrom({ store, referrers }, root, { passOver })) {
        signal.throwIfAborted();
        const known = owners.get(reached.descriptor.digest) ?? new Set();
        owners.set(reached.descriptor.digest, owner === undefined ? known : known.add(owner));
        await checkPart(reached);
      }
    },
  };
}
