import { z } from 'zod';
import { type Digest, isDigest, parseBoundedJson } from '../../kernel/index.ts';
import { evidenceCodes, formats, snapshotKinds, verdicts } from '../../links/index.ts';
import { maxIndexBytes, maxIndexValues } from '../limits.ts';
import { type BundleIndex, partName } from './bundle-index.ts';
import { chunksIn } from './part-sizes.ts';

const digest = z.custom<Digest>(isDigest, 'not a digest');
const size = z.int().nonnegative();
const sized = { digest, sizeBytes: size };
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'not a sha256');
/** Up to the end of the year 9999, so that it can be written as a date. */
const time = z.int().min(0).max(253_402_300_799_999);
/** Addresses are shown as links, so no other scheme may come in. */
const address = z
  .string()
  .regex(/^(?:$|(?:https?|docker):\/\/)/i, 'not an address of the web or of an image');

const snapshot = z.object({
  ...sized,
  mediaType: z.string().max(255),
  kind: z.enum(snapshotKinds),
  verdict: z.enum(verdicts),
  evidence: z
    .array(
      z.object({
        code: z.enum(evidenceCodes),
        details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      }),
    )
    .max(1_000),
  takenAt: time,
  finalUrl: address,
  title: z.string(),
  description: z.string(),
  author: z.string(),
  publishedAt: z.string(),
  language: z.string(),
  siteName: z.string(),
  formats: z.array(z.enum(formats)).max(formats.length),
  measures: z.object({
    resources: size,
    missing: size,
    sizeBytes: size,
    characters: size,
    durationMs: z.number().nonnegative(),
  }),
  referrers: z.array(z.object({ artifactType: z.string().max(255), digest })).max(100),
  needs: z.array(size),
  lacks: z.array(digest),
});

/** Checked for what they say where the link is recorded. */
const options = z.object({
  checksum: z.string().max(200).exactOptional(),
  platforms: z.array(z.string().max(100)).max(100).exactOptional(),
  plainHttp: z.boolean().exactOptional(),
  ca: z
    .string()
    .max(256 * 1024)
    .exactOptional(),
});

const schema: z.ZodType<BundleIndex> = z.object({
  format: z.literal('holdfast-bundle'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  software: z.string().max(200),
  tarBytes: size.min(1),
  partBytes: size.min(1),
  chunkBytes: z.literal(4 * 1024 * 1024),
  parts: z.array(z.object({ name: z.string(), sizeBytes: size.min(1), chunks: z.array(hash) })).min(1),
  layoutIndex: z.string(),
  blobs: z.array(z.object({ ...sized, part: z.int().min(1), offset: size })),
  leftOut: z.array(z.object(sized)),
  receipts: z.array(z.object({ instance: z.string().max(100), takenAt: z.iso.datetime() })).max(1_000),
  links: z.array(
    z.object({
      url: z.string(),
      title: z.string().nullable(),
      note: z.string(),
      tags: z.array(z.string()).max(1_000),
      options: options.optional(),
      snapshots: z.array(snapshot),
    }),
  ),
});

/** Reads `bundle.json`; a string is what is wrong with it. What it says of sizes and places fits together afterwards. */
export function parseIndex(bytes: Uint8Array): BundleIndex | string {
  const limits = { maxBytes: maxIndexBytes, maxValues: maxIndexValues, maxDepth: 12 };
  const json = parseBoundedJson(bytes, limits);
  if (typeof json === 'string') return json;
  const version = (json.value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > 1)
    return `it is of version ${version}, which a newer Holdfast made`;
  const parsed = schema.safeParse(json.value);
  if (!parsed.success) return faultIn(parsed.error);
  return misfit(parsed.data) ?? parsed.data;
}

/** The first fault of a failed check, with its place: `blobs[3].digest: not a digest`. */
export function faultIn({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return 'it has not the form that is expected';
  const place = issue.path.map((name) => (typeof name === 'number' ? `[${name}]` : `.${String(name)}`));
  return `${place.join('').replace(/^\./, '').slice(0, 100) || 'value'}: ${issue.message.slice(0, 200)}`;
}

/** What does not fit together in an index of the right form. */
function misfit(index: BundleIndex): string | undefined {
  const { tarBytes, partBytes, chunkBytes, parts, blobs, leftOut } = index;
  if (partBytes % chunkBytes !== 0) return 'partBytes is not a number of whole chunks';
  if (parts.length !== Math.ceil(tarBytes / partBytes)) return 'the number of parts does not fit tarBytes';
  for (const [at, { name, sizeBytes, chunks }] of parts.entries()) {
    const where = `parts[${at}]`;
    if (name !== partName(at + 1)) return `${where}.name is not "${partName(at + 1)}"`;
    if (sizeBytes !== Math.min(partBytes, tarBytes - at * partBytes))
      return `${where}.sizeBytes does not fit`;
    if (chunks.length !== chunksIn(sizeBytes)) return `${where} has not one hash for each chunk`;
  }
  let end = 0;
  for (const [at, blob] of blobs.entries()) {
    const start = (blob.part - 1) * partBytes + blob.offset;
    if (blob.part > parts.length || blob.offset >= partBytes || start + blob.sizeBytes > tarBytes)
      return `blobs[${at}] lies outside the parts`;
    // Bytes that count for several blobs would let a small bundle fill a large disk.
    if (start < end) return `blobs[${at}] overlaps the blob before it`;
    end = start + blob.sizeBytes;
  }
  const all = blobs.length + leftOut.length;
  for (const link of index.links)
    for (const { needs, digest } of link.snapshots)
      if (needs.some((place) => place >= all)) return `snapshot "${digest}" needs a blob that is not listed`;
  return undefined;
}
