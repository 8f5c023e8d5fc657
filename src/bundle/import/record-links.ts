import { type Clock, type Digest, HoldfastError } from '../../kernel/index.ts';
import type { Evidence, Holds, LinkOptions, Links, Snapshot, SnapshotTexts } from '../../links/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { bundleErrors } from '../errors.ts';
import type { BundledLink, BundledSnapshot, BundleIndex } from '../format/bundle-index.ts';
import { isReferrerOf, missingFor } from './completeness.ts';

/** The rooms that an import writes to. */
export interface ImportDeps {
  readonly links: Links;
  readonly store: BlobStore;
  /** Remembers what was made later for a snapshot's manifest, unless such an artifact is known. */
  readonly addReferrer: (subject: Digest, artifactType: string, artifact: Digest) => Promise<void>;
  /** Where the words of a snapshot are read, so that it is found by them. */
  readonly texts: SnapshotTexts;
  /** Keeps what comes in from garbage collection until it is recorded. */
  readonly holds?: Pick<Holds, 'holdWhile'>;
}

/** A snapshot that was not recorded because blobs are missing. */
export interface IncompleteSnapshot {
  readonly url: string;
  readonly digest: Digest;
  readonly missing: readonly Digest[];
}

/** What became of the links of a bundle. */
export interface RecordedLinks {
  readonly created: number;
  readonly existing: number;
  readonly recorded: number;
  /** Snapshots that were recorded before. */
  readonly known: number;
  readonly incomplete: readonly IncompleteSnapshot[];
  /** Links and snapshots that are not what they say. */
  readonly refused: readonly { readonly url: string; readonly error: HoldfastError }[];
}

/** Clocks on both sides of a gap may differ by so much. */
const clockSkewMs = 24 * 3_600_000;

/**
 * Records the links of a bundle, and those of their snapshots that the store holds whole; doing it again changes nothing. Where
 * nobody vouches for it (`isTrusted`) no link may weaken how its server is asked, no signature counts as verified, and no snapshot
 * may come from the future, which would hide every later one.
 */
export async function recordLinks(
  deps: ImportDeps,
  index: BundleIndex,
  { isTrusted, clock, signal }: { isTrusted: boolean; clock: Clock; signal?: AbortSignal | undefined },
): Promise<RecordedLinks> {
  const counts = { created: 0, existing: 0, recorded: 0, known: 0 };
  const incomplete: IncompleteSnapshot[] = [];
  const refused: { url: string; error: HoldfastError }[] = [];
  for (const link of index.links) {
    signal?.throwIfAborted();
    const url = link.url.slice(0, 2_000);
    const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await work();
      } catch (error) {
        // What is wrong with one link is no reason to leave out the others.
        if (!(error instanceof HoldfastError) || error.kind === 'unavailable') throw error;
        refused.push({ url, error });
        return undefined;
      }
    };
    const whole: BundledSnapshot[] = [];
    for (const snapshot of link.snapshots) {
      const missing = await attempt(() => {
        if (!isTrusted) assertPast(snapshot, clock);
        return missingFor(deps.store, index, snapshot);
      });
      if (missing?.length === 0) whole.push(snapshot);
      else if (missing) incomplete.push({ url, digest: snapshot.digest, missing });
    }
    if (whole.length === 0) continue;
    const options = optionsFrom(link, isTrusted);
    const told = isTrusted ? whole : whole.map(withoutProof);
    const done = await attempt(() => recordLink(deps, { ...link, options }, told));
    if (!done) continue;
    counts[done.created ? 'created' : 'existing']++;
    counts.recorded += done.recorded;
    counts.known += whole.length - done.recorded;
  }
  return { ...counts, incomplete, refused };
}

/** Logins go unencrypted, or to whoever has the authority's key, by the others. */
function optionsFrom({ options = {} }: BundledLink, isTrusted: boolean): LinkOptions {
  if (isTrusted) return options;
  const { plainHttp: _plain, ca: _ca, ...harmless } = options;
  return harmless;
}

function assertPast({ digest, takenAt }: BundledSnapshot, clock: Clock): void {
  if (takenAt <= clock.now() + clockSkewMs) return;
  const fault = `it says that it was taken at ${new Date(takenAt).toISOString()}, which is to come by the clock here`;
  throw bundleErrors.badSnapshot({ digest, fault });
}

/** That somebody trusted the key of a release was said by whoever made the bundle, which proves nothing by itself. */
function withoutProof(snapshot: BundledSnapshot): BundledSnapshot {
  const evidence = snapshot.evidence.map(
    (it): Evidence => (it.code === 'signatureVerified' ? { ...it, code: 'signatureByOwnKeyOnly' } : it),
  );
  return { ...snapshot, evidence };
}

async function recordLink(
  deps: ImportDeps,
  { url, title, note, tags, options = {} }: BundledLink,
  snapshots: readonly BundledSnapshot[],
): Promise<{ created: boolean; recorded: number }> {
  // No capture: what is behind the link came along, and here there may be no way to it.
  const [added] = await deps.links.add([{ url, note, tags, options, ...(title !== null && { title }) }], {
    capture: false,
  });
  const { link, created } = added!;
  const known = new Set((await deps.links.snapshots(link.id)).map(({ digest }) => digest));
  let recorded = 0;
  // Oldest first, so that their ids sort as those of the sender do.
  for (const snapshot of snapshots.toReversed()) {
    const { needs: _n, lacks: _l, mediaType: _m, sizeBytes: _s, referrers, ...fields } = snapshot;
    for (const referrer of referrers)
      if (await isReferrerOf(deps.store, snapshot.digest, referrer))
        await deps.addReferrer(snapshot.digest, referrer.artifactType, referrer.digest);
    if (known.has(snapshot.digest)) continue;
    const searchText = await textOf(deps.texts, { ...fields, id: '', linkId: link.id });
    const jobId = `bundle:${snapshot.digest}:${link.id}`;
    await deps.links.recordSnapshot({ ...fields, linkId: link.id, jobId, searchText });
    recorded++;
  }
  return { created, recorded };
}

/** A snapshot whose words cannot be read is still found by its title. */
async function textOf(texts: SnapshotTexts, snapshot: Snapshot): Promise<string> {
  const text = await texts.read(snapshot).catch(() => '');
  return text || snapshot.title;
}
