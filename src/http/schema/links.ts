import { z } from '@hono/zod-openapi';

const time = z.iso.datetime().openapi({ example: '2026-11-23T08:00:00.000Z' });
/** A component or null; `.nullable()` would change the component itself in the document. */
const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()]);

export const id = z.string().min(1).max(200);

export const verdict = z.enum(['good', 'not-found', 'truncated', 'blank', 'failed']).openapi('Verdict');
export const format = z.enum(['html', 'png', 'pdf', 'text', 'md', 'wacz', 'file']).openapi('Format');

export const evidence = z
  .object({
    code: z.string(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    /** The sentence in the language of the request. */
    text: z.string(),
  })
  .openapi('Evidence');

/** The short form that `--json` gives too. */
export const snapshotBrief = z
  .object({ id, digest: z.string().nullable(), verdict, takenAt: time, formats: z.array(format) })
  .openapi('SnapshotBrief');

export const snapshot = snapshotBrief
  .extend({
    linkId: id,
    kind: z.enum(['page', 'file', 'image', 'release']),
    evidence: z.array(evidence),
    finalUrl: z.string(),
    title: z.string(),
    description: z.string(),
    author: z.string(),
    publishedAt: z.string(),
    language: z.string(),
    siteName: z.string(),
    measures: z.object({
      resources: z.number(),
      missing: z.number(),
      sizeBytes: z.number(),
      characters: z.number(),
      durationMs: z.number(),
    }),
    /** Where the isolated origin shows it; null for a snapshot that has no HTML. Valid for some hours. */
    replayUrl: z.string().nullable(),
    thumbnailUrl: z.string().nullable(),
  })
  .openapi('Snapshot');

export const progress = z
  .object({
    stage: z.string(),
    done: z.number(),
    total: z.number().optional(),
    unit: z.enum(['bytes', 'items', 'steps']),
    remainingMs: z.number().optional(),
  })
  .openapi('Progress');

export const job = z
  .object({
    id,
    kind: z.string(),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    lane: z.enum(['person', 'bulk', 'after']),
    attempts: z.number(),
    maxAttempts: z.number(),
    progress: orNull(progress),
    /** `text` is in the language of the request. */
    fault: z.object({ code: z.string(), text: z.string() }).nullable(),
    /** The link that it works for, where it is a capture. */
    linkId: id.nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Job');

/** How a link is captured, beyond its address. */
export const linkOptions = z
  .object({
    checksum: z
      .string()
      .max(200)
      .optional()
      .openapi({ example: `sha256:${'0'.repeat(64)}` }),
    platforms: z
      .array(z.string().max(100))
      .max(50)
      .optional()
      .openapi({ example: ['linux/amd64'] }),
    plainHttp: z.boolean().optional(),
    /** PEM */
    ca: z.string().max(262_144).optional(),
  })
  .openapi('LinkOptions');

export const link = z
  .object({
    id,
    url: z.string(),
    host: z.string(),
    title: z.string(),
    ownTitle: z.string().nullable(),
    note: z.string(),
    options: linkOptions,
    tags: z.array(z.string()),
    addedAt: time,
    updatedAt: time,
    deletedAt: time.nullable(),
    snapshot: orNull(snapshot),
    snapshotCount: z.number(),
    job: orNull(job),
  })
  .openapi('Link');

export const linkPage = z
  .object({
    links: z.array(link),
    total: z.number(),
    nextCursor: z.string().nullable(),
    /** By link id: plain and marked text in turn, plain first. */
    excerpts: z.record(z.string(), z.array(z.string())),
  })
  .openapi('LinkPage');

export const tagCount = z.object({ tag: z.string(), links: z.number() }).openapi('TagCount');

export const newLinks = z
  .object({
    links: z
      .array(
        z.object({
          url: z.string().min(1).max(16_384),
          tags: z.array(z.string()).max(100).optional(),
          note: z.string().max(100_000).optional(),
          title: z.string().max(1_000).optional(),
          options: linkOptions.optional(),
        }),
      )
      .min(1)
      .max(1_000),
  })
  .openapi('NewLinks');

export const addedLinks = z
  .object({ links: z.array(z.object({ link, created: z.boolean() })) })
  .openapi('AddedLinks');

export const resource = z
  .object({
    url: z.string(),
    status: z.number(),
    type: z.string(),
    mediaType: z.string(),
    sizeBytes: z.number(),
    digest: z.string().nullable(),
  })
  .openapi('Resource');

export const snapshotResources = z
  .object({
    resources: z.array(resource),
    missing: z.array(z.object({ url: z.string(), reason: z.string() })),
  })
  .openapi('SnapshotResources');
