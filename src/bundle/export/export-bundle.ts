import type { KeyObject } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { type Clock, type Digest, errorText, systemClock } from '../../kernel/index.ts';
import type { Holds, Links } from '../../links/index.ts';
import { bundleErrors } from '../errors.ts';
import type { BundleIndex } from '../format/bundle-index.ts';
import { cutParts } from '../format/part-sizes.ts';
import { planTar } from '../format/tar-plan.ts';
import { chunkBytes, defaultPartBytes } from '../limits.ts';
import type { OnBundleProgress } from '../pace.ts';
import { writeFailure } from '../parts/write-failure.ts';
import type { SpaceNeed } from '../space.ts';
import { underHold } from '../under-hold.ts';
import { readContents } from './contents.ts';
import { indexOf } from './index-of.ts';
import { endJournal } from './journal.ts';
import { layoutIndexOf } from './layout-index.ts';
import { leftOutBy } from './left-out.ts';
import { findWritten } from './resume.ts';
import { type SelectedLink, type Selection, selectLinks } from './select-links.ts';
import { spaceOfExport } from './space-of-export.ts';
import type { BlobsToExport } from './tar-bytes.ts';
import { writeIndex } from './write-index.ts';
import { writeParts } from './write-parts.ts';

/** The rooms that an export reads from. */
export interface ExportDeps {
  readonly links: Links;
  readonly store: BlobsToExport;
  /** The manifests of what was made later for a snapshot's manifest. */
  readonly referrers: (manifest: Digest) => Promise<readonly Digest[]>;
  /** For example `Holdfast/0.1.0`. */
  readonly software: string;
  readonly clock?: Clock;
  /** Keeps what is carried from garbage collection while it is written. */
  readonly holds?: Pick<Holds, 'holdWhile'>;
}

export interface ExportOptions {
  readonly selection: Selection;
  /** The folder that the bundle is written to; made where it is missing. */
  readonly to: string;
  /** From `parsePartSize`; default 4 GiB less one chunk. */
  readonly partBytes?: number;
  /** Files of receipts; what all of their stores hold is left out. */
  readonly receipts?: readonly string[];
  readonly key?: KeyObject;
  /** Told before the first byte is written. */
  readonly onPlan?: (plan: ExportPlan) => void;
  readonly onProgress?: OnBundleProgress;
  readonly signal?: AbortSignal;
}

/** What an export is going to write. */
export interface ExportPlan {
  readonly links: number;
  readonly snapshots: number;
  readonly blobs: number;
  readonly leftOut: { readonly blobs: number; readonly sizeBytes: number };
  readonly parts: number;
  /** The length of all parts together. */
  readonly tarBytes: number;
  /** Of those, what lies there already from a run before. */
  readonly writtenBytes: number;
  readonly space: SpaceNeed;
}

/**
 * Writes a bundle: parts of a tar of an OCI image layout, then `bundle.json`. Killed at any moment, the same call goes on
 * where it was. Throws `bundle.nothing`, `.missingBlob`, `.corruptBlob`, `.noSpace`, `.occupied`, `.unwritable`, `.tooLarge`,
 * `.badReceipt`, or the signal's reason.
 */
export async function exportBundle(deps: ExportDeps, options: ExportOptions): Promise<ExportPlan> {
  const selected = await selectLinks(deps.links, options.selection);
  if (selected.length === 0) throw bundleErrors.nothing({ selection: selectionText(options.selection) });
  const digests = selected.flatMap(({ snapshots }) => snapshots.map(({ digest }) => digest!));
  return underHold(deps.holds, { digests }, options.signal, (signal) =>
    writeOut(deps, { ...options, ...(signal && { signal }) }, selected),
  );
}

async function writeOut(
  deps: ExportDeps,
  options: ExportOptions,
  selected: readonly SelectedLink[],
): Promise<ExportPlan> {
  const { store, clock = systemClock } = deps;
  const { to, partBytes = defaultPartBytes, receipts = [], signal } = options;
  const contents = await readContents({ store, referrers: deps.referrers, signal }, selected);
  const leftOut = await leftOutBy(receipts, contents.blobs);
  const carried = [...contents.blobs.values()].filter(({ digest }) => !leftOut.digests.has(digest));
  const layoutIndex = layoutIndexOf(contents);
  const plan = planTar(layoutIndex, carried);
  const parts = cutParts(plan.sizeBytes, partBytes);
  const describe = (hashes: readonly string[]): BundleIndex =>
    indexOf(
      { contents, carried, leftOut, layoutIndex, plan, parts, partBytes, hashes },
      deps.software,
      clock,
    );
  await mkdir(to, { recursive: true }).catch((cause) => {
    throw bundleErrors.unwritable({ place: to, detail: errorText(cause) }, { cause });
  });
  const known = await findWritten(to, plan, parts, signal);
  const space = await spaceOfExport(to, parts, describe);
  const sizeOf = (blobs: Iterable<Digest>) =>
    [...blobs].reduce((sum, digest) => sum + contents.blobs.get(digest)!.sizeBytes, 0);
  const told: ExportPlan = {
    links: contents.links.length,
    snapshots: contents.links.reduce((sum, link) => sum + link.contents.length, 0),
    blobs: carried.length,
    leftOut: { blobs: leftOut.digests.size, sizeBytes: sizeOf(leftOut.digests) },
    parts: parts.length,
    tarBytes: plan.sizeBytes,
    writtenBytes: Math.min(plan.sizeBytes, known.length * chunkBytes),
    space,
  };
  options.onPlan?.(told);
  const { onProgress } = options;
  const hashes = await writeParts({ store, plan, parts, folder: to, known, clock, onProgress, signal });
  await writeIndex(to, describe(hashes), options.key).catch(async (error) => {
    throw await writeFailure(to, error, 0);
  });
  await endJournal(to);
  return told;
}

function selectionText({ tags = [], links = [], all }: Selection): string {
  if (all) return 'the library';
  return [...tags.map((tag) => `tag "${tag}"`), ...links.map((id) => `link "${id}"`)].join(', ');
}
