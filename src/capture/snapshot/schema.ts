import { z } from 'zod';
import { type Digest, isDigest } from '../../kernel/index.ts';
import { evidenceCodes, snapshotKinds, verdicts } from '../../links/index.ts';
import type { Exchange, SnapshotConfig } from './format.ts';

const digest = z.custom<Digest>(isDigest, 'not a digest');
const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const header = z.tuple([z.string(), z.string()]);

const exchange: z.ZodType<Exchange> = z.object({
  url: z.string(),
  method: z.string(),
  requestHeaders: z.array(header),
  requestBody: z.string().exactOptional(),
  type: z.string(),
  status: z.number().int().min(0).max(999),
  statusText: z.string(),
  responseHeaders: z.array(header),
  body: z.object({ digest, size: count }).nullable(),
  error: z.string().exactOptional(),
});

/** What a decoded exchanges blob must be. */
export const exchangesSchema = z.array(exchange);

/** What a snapshot's config blob must be. */
export const configSchema: z.ZodType<SnapshotConfig> = z.object({
  version: z.literal(1),
  kind: z.enum(snapshotKinds),
  url: z.string(),
  finalUrl: z.string(),
  takenAt: z.iso.datetime(),
  verdict: z.enum(verdicts),
  evidence: z.array(
    z.object({
      code: z.enum(evidenceCodes),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    }),
  ),
  status: z.number().int().nullable(),
  title: z.string(),
  description: z.string(),
  author: z.string(),
  publishedAt: z.string(),
  language: z.string(),
  siteName: z.string(),
  measures: z.object({
    resources: count,
    missing: count,
    sizeBytes: count,
    characters: count,
    durationMs: z.number().nonnegative(),
  }),
  missing: z.array(z.object({ url: z.string(), reason: z.string() })),
  release: z.object({ version: z.string(), architecture: z.string() }).exactOptional(),
  viewport: z.object({ width: count, height: count }),
  software: z.string(),
  exchangeTimesMs: z.array(z.number()),
  exchangeVolatile: z.array(z.array(header)),
});

/** The first fault of a failed check, with the place it stands at: `missing[3].url: Invalid input`. */
export function faultOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'it does not have the form that is expected';
  const place = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return `${place.join('').replace(/^\./, '') || 'value'}: ${issue.message}`;
}
