import { z } from '@hono/zod-openapi';
import { format, id, job, link, snapshot, tagCount } from './links.ts';

const flag = z.enum(['0', '1']).optional().openapi({ description: '1 switches it on' });
const tags = z.array(z.string().max(1_000)).max(100);
const wholeNumber = (most: number) =>
  z.coerce.number().int().min(1).max(most).optional().openapi({ type: 'integer', minimum: 1, maximum: most });

export const idParam = z.object({ id: id.openapi({ param: { name: 'id', in: 'path' } }) });
export const formatParam = idParam.extend({ format });

export const linkQuery = z.object({
  q: z.string().max(10_000).optional(),
  sort: z.enum(['added', 'updated', 'title', 'relevance']).optional(),
  trash: flag,
  limit: wholeNumber(200),
  cursor: z.string().max(10_000).optional(),
});

export const linkChange = z
  .object({
    title: z.string().max(1_000).nullable().optional(),
    note: z.string().max(100_000).optional(),
    addTags: tags.optional(),
    removeTags: tags.optional(),
  })
  .openapi('LinkChange');

export const bulkChange = z
  .object({
    ids: z.array(id).min(1).max(1_000),
    action: z.enum(['tag', 'remove', 'restore', 'purge', 'snapshot']),
    addTags: tags.optional(),
    removeTags: tags.optional(),
  })
  .openapi('BulkChange');

export const changed = z.object({ changed: z.number() }).openapi('Changed');
export const purgeQuery = z.object({ purge: flag });
export const downloadQuery = z.object({ download: flag });
export const snapshotList = z.object({ snapshots: z.array(snapshot) }).openapi('SnapshotList');
export const tagList = z.object({ tags: z.array(tagCount) }).openapi('TagList');
export const linkAnswer = link;

const jobStates = job.shape.state.options;

export const jobQuery = z.object({
  state: z
    .string()
    .regex(new RegExp(`^(?:${jobStates.join('|')})(?:,(?:${jobStates.join('|')}))*$`))
    .optional()
    .openapi({ example: 'queued,running' }),
  limit: wholeNumber(1_000),
});

export const jobList = z
  .object({
    jobs: z.array(job),
    counts: z.object({
      queued: z.number(),
      running: z.number(),
      done: z.number(),
      failed: z.number(),
      cancelled: z.number(),
    }),
  })
  .openapi('JobList');

export const health = z.object({ status: z.literal('ok'), version: z.string() }).openapi('Health');
