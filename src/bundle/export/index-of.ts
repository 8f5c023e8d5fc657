import type { Clock, Digest } from '../../kernel/index.ts';
import type { BundledLink, BundleIndex, ReceiptMark, SizedBlob } from '../format/bundle-index.ts';
import { partName } from '../format/bundle-index.ts';
import { chunksIn, type PartPlan } from '../format/part-sizes.ts';
import type { TarPlan } from '../format/tar-plan.ts';
import { chunkBytes } from '../limits.ts';
import type { Contents } from './contents.ts';

/** Everything that an index is made from; `hashes` are those of the chunks, in order. */
export interface IndexSources {
  readonly contents: Contents;
  readonly carried: readonly SizedBlob[];
  readonly leftOut: { readonly digests: ReadonlySet<Digest>; readonly marks: readonly ReceiptMark[] };
  readonly layoutIndex: string;
  readonly plan: TarPlan;
  readonly parts: readonly PartPlan[];
  readonly partBytes: number;
  readonly hashes: readonly string[];
}

/** Describes a bundle. */
export function indexOf(from: IndexSources, software: string, clock: Clock): BundleIndex {
  const { contents, carried, plan, partBytes } = from;
  const leftOut = [...from.leftOut.digests].sort().map((digest) => contents.blobs.get(digest)!);
  const places = new Map([...carried, ...leftOut].map(({ digest }, place) => [digest, place]));
  let chunk = 0;
  return {
    format: 'holdfast-bundle',
    version: 1,
    createdAt: new Date(clock.now()).toISOString(),
    software,
    tarBytes: plan.sizeBytes,
    partBytes,
    chunkBytes,
    parts: from.parts.map(({ sizeBytes }, at) => {
      const first = chunk;
      chunk += chunksIn(sizeBytes);
      return { name: partName(at + 1), sizeBytes, chunks: from.hashes.slice(first, chunk) };
    }),
    layoutIndex: from.layoutIndex,
    blobs: carried.map(({ digest, sizeBytes }, place) => {
      const start = plan.starts[place]!;
      const part = Math.floor(start / partBytes);
      return { digest, sizeBytes, part: part + 1, offset: start - part * partBytes };
    }),
    leftOut,
    receipts: from.leftOut.marks,
    links: contents.links.map((link) => linkOf(link, places)),
  };
}

function linkOf(
  { link, contents }: Contents['links'][number],
  places: ReadonlyMap<Digest, number>,
): BundledLink {
  return {
    url: link.url,
    title: link.ownTitle,
    note: link.note,
    tags: link.tags,
    ...(Object.keys(link.options).length > 0 && { options: link.options }),
    snapshots: contents.map(({ snapshot, root, referrers, blobs, lacks }) => {
      const { id: _id, linkId: _linkId, ...fields } = snapshot;
      return {
        ...fields,
        digest: root.digest,
        mediaType: root.mediaType,
        sizeBytes: root.size,
        referrers: referrers.map(({ artifactType, digest }) => ({ artifactType, digest })),
        needs: blobs.map((digest) => places.get(digest)!),
        lacks,
      };
    }),
  };
}
