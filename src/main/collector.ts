import type { GarbageReport, GarbageRequest } from '../cli/index.ts';
import { reachFrom } from '../images/index.ts';
import { type Clock, type Digest, hasCode } from '../kernel/index.ts';
import type { Holds, KeepRule, Links, Referrers, Retention, Thinning } from '../links/index.ts';
import { type BlobStore, collectGarbage } from '../store/index.ts';

/** How long bytes that nothing needs stay where nobody says otherwise: time enough to record what was written. */
export const defaultGraceMs = 3_600_000;

export interface CollectorDeps {
  readonly store: BlobStore;
  readonly links: Links;
  readonly referrers: Referrers;
  readonly retention: Retention;
  readonly holds: Holds;
  readonly rules: readonly KeepRule[];
  /** Who keeps manifests besides the links. */
  readonly otherRoots: readonly (() => AsyncIterable<Digest>)[];
  /** Blobs that are kept by themselves, having been written or asked for since then (epoch milliseconds). */
  readonly otherBlobs: (sinceMs: number) => Promise<readonly Digest[]>;
  /** Lets go of the names of what was freed. */
  readonly forgetGone: () => Promise<unknown>;
  readonly clock: Clock;
}

/** Lets snapshots go by the rules, then frees what no snapshot, no other root, no referrer and no hold needs. */
export function createCollector(deps: CollectorDeps): (request: GarbageRequest) => Promise<GarbageReport> {
  const { store, links, referrers, retention, holds, rules, otherRoots, otherBlobs, forgetGone, clock } =
    deps;
  const reach = (passOver: (error: unknown) => boolean) => (root: Digest) =>
    partsFrom(
      reachFrom({ store, referrers: referrers.list }, root, { passOver: (_, error) => passOver(error) }),
    );

  return async (request) => {
    const { dryRun = false, graceMs = defaultGraceMs, ...rest } = request;
    const thinnings = await Array.fromAsync(retention.plan(rules));
    const owners = await ownersOf(
      thinnings,
      reach(() => true),
      request.signal,
    );
    if (!dryRun) for (const thinning of thinnings) await retention.apply(thinning);
    const planned = new Set(thinnings.flatMap(({ surplus }) => surplus.map(({ id }) => id)));
    const freedBytes = thinnings.map(() => 0);
    const collected = await collectGarbage({
      ...rest,
      store,
      dryRun,
      graceMs,
      clock,
      leaves: leavesOf(() => otherBlobs(clock.now() - graceMs)),
      roots: joined([() => links.heldManifests(dryRun ? planned : undefined), ...otherRoots]),
      // What is gone holds nothing. What is damaged may hold anything, so nothing is freed before that is cleared up.
      reach: reach((error) => hasCode(error, 'store.notFound')),
      holds: holds.live,
      onFreed({ digest, sizeBytes }) {
        const at = owners.get(digest);
        if (at !== undefined) freedBytes[at]! += sizeBytes;
      },
    });
    if (!dryRun) {
      await forgetReferrers(store, referrers);
      await forgetGone();
    }
    const thinned = thinnings.map(({ linkId, url, kept, surplus }, at) => ({
      link: linkId,
      url,
      kept,
      removed: surplus,
      freedBytes: freedBytes[at]!,
    }));
    return { ...collected, links: thinned, hasRules: rules.length > 0 };
  };
}

async function* leavesOf(blobs: () => Promise<readonly Digest[]>): AsyncGenerator<Digest> {
  yield* await blobs();
}

async function* joined(sources: readonly (() => AsyncIterable<Digest>)[]): AsyncGenerator<Digest> {
  for (const source of sources) yield* source();
}

async function* partsFrom(reached: ReturnType<typeof reachFrom>) {
  for await (const { descriptor } of reached) yield { digest: descriptor.digest, sizeBytes: descriptor.size };
}

/** Which link's surplus needs a blob, by its place in the list: the first that does. */
async function ownersOf(
  thinnings: readonly Thinning[],
  reach: (root: Digest) => ReturnType<typeof partsFrom>,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<Digest, number>> {
  const owners = new Map<Digest, number>();
  for (const [at, { surplus }] of thinnings.entries())
    for (const { digest: root } of surplus) {
      signal?.throwIfAborted();
      if (root === null) continue;
      for await (const { digest } of reach(root)) if (!owners.has(digest)) owners.set(digest, at);
    }
  return owners;
}

/** Artifacts whose bytes are gone are no longer told of; one that is written again meanwhile is. */
async function forgetReferrers(store: BlobStore, referrers: Referrers): Promise<void> {
  for await (const referrer of referrers.all()) {
    const { subject, artifactType, artifact } = referrer;
    if (await store.stat(artifact)) continue;
    await referrers.forget(referrer);
    if (await store.stat(artifact)) await referrers.record(subject, artifactType, artifact);
  }
}
