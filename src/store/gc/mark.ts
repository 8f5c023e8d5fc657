import type { Digest } from '../../kernel/index.ts';
import type { BlobStore } from '../blob-store.ts';
import type { CollectOptions } from './types.ts';

/** What may not be freed. */
export interface Marks {
  /** Everything that is reached. */
  readonly reached: ReadonlySet<Digest>;
  /** How many roots and leaves lie in the store. */
  readonly heldRoots: number;
  /** Blobs that were touched at this time or later may be needed by somebody at work; epoch milliseconds. */
  readonly untouchedSince: number;
}

/** Finds everything that is reached from roots and holds; takes about 150 bytes of memory for each blob. */
export async function mark(options: CollectOptions, startedAt: number): Promise<Marks> {
  const { store, reach, holds = async () => [], holdSlackMs = 120_000 } = options;
  const { signal, onProgress = () => {} } = options;
  const reached = new Set<Digest>();
  const walked = new Set<Digest>();
  let heldRoots = 0;
  const walk = async (root: Digest) => {
    signal?.throwIfAborted();
    // Not `reached`: what is a layer for one may be a manifest for another.
    if (walked.has(root)) return;
    walked.add(root);
    for await (const { digest } of reach(root)) reached.add(digest);
    reached.add(root);
    if (await isHeld(store, root)) heldRoots++;
    onProgress({ stage: 'marking', done: walked.size, unit: 'items' });
  };
  const before = await holds();
  for await (const leaf of options.leaves ?? []) {
    reached.add(leaf);
    if (await isHeld(store, leaf)) heldRoots++;
  }
  for await (const root of options.roots) await walk(root);
  // Who holds a digest takes the hold first and then looks whether a root names it, so one that came too late for
  // `before` is seen here, or its root was. One that ended before now had recorded its roots, or is seen in `before`.
  const all = [...before, ...(await holds())];
  for (const { digests } of all) for (const digest of digests) await walk(digest);
  const untouchedSince = Math.min(
    startedAt - options.graceMs,
    ...all.map(({ sinceMs }) => sinceMs - holdSlackMs),
  );
  return { reached, heldRoots, untouchedSince };
}

async function isHeld(store: BlobStore, digest: Digest): Promise<boolean> {
  return (await store.stat(digest)) !== undefined;
}
