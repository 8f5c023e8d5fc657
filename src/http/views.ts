import type { z } from '@hono/zod-openapi';
import type { ApiToken } from '../auth/index.ts';
import type { Job } from '../jobs/index.ts';
import type { Link, LinkOptions, Snapshot } from '../links/index.ts';
import { type Language, localizeError, localizeEvidence } from '../texts/index.ts';
import type * as schema from './schema/links.ts';
import type { apiToken } from './schema/session.ts';

type View<K extends keyof typeof schema> = z.infer<(typeof schema)[K]>;

/** Shapes what the rooms give into what the API answers, in one language and with addresses that a browser can open. */
export interface Views {
  link(link: Link): View<'link'>;
  snapshot(snapshot: Snapshot): View<'snapshot'>;
  job(job: Job): View<'job'>;
}

const time = (ms: number) => new Date(ms).toISOString();

/** Makes the views of one request; `replayUrl` signs the address of a snapshot on the replay's origin. */
export function createViews(language: Language, replayUrl: (snapshotId: string) => string): Views {
  const job: Views['job'] = (it) => ({
    id: it.id,
    kind: it.kind,
    state: it.state,
    lane: it.lane,
    attempts: it.attempts,
    maxAttempts: it.maxAttempts,
    progress: it.progress,
    fault: it.fault && { code: it.fault.code, text: localizeError(it.fault, language).message },
    linkId: linkIdOf(it),
    createdAt: time(it.createdAt),
    updatedAt: time(it.updatedAt),
  });

  const snapshot: Views['snapshot'] = (it) => ({
    id: it.id,
    digest: it.digest,
    verdict: it.verdict,
    takenAt: time(it.takenAt),
    formats: [...it.formats],
    linkId: it.linkId,
    kind: it.kind,
    evidence: it.evidence.map((each) => ({
      code: each.code,
      details: { ...each.details },
      text: localizeEvidence(each, language),
    })),
    finalUrl: it.finalUrl,
    title: it.title,
    description: it.description,
    author: it.author,
    publishedAt: it.publishedAt,
    language: it.language,
    siteName: it.siteName,
    measures: { ...it.measures },
    replayUrl: it.digest !== null && it.formats.includes('html') ? replayUrl(it.id) : null,
    thumbnailUrl:
      it.digest !== null && it.formats.includes('png')
        ? `/api/snapshots/${encodeURIComponent(it.id)}/thumbnail`
        : null,
  });

  return {
    job,
    snapshot,
    link: (it) => ({
      id: it.id,
      url: it.url,
      host: it.host,
      title: it.title,
      ownTitle: it.ownTitle,
      note: it.note,
      options: optionsView(it.options),
      tags: [...it.tags],
      addedAt: time(it.addedAt),
      updatedAt: time(it.updatedAt),
      deletedAt: it.deletedAt === null ? null : time(it.deletedAt),
      snapshot: it.snapshot && snapshot(it.snapshot),
      snapshotCount: it.snapshotCount,
      job: it.job && job(it.job),
    }),
  };
}

function optionsView({ platforms, ...rest }: LinkOptions): View<'linkOptions'> {
  return { ...rest, ...(platforms && { platforms: [...platforms] }) };
}

/** The link that a job works for: every job that does so names it in its payload. */
function linkIdOf(job: Job): string | null {
  const { payload } = job;
  if (typeof payload !== 'object' || payload === null || !('linkId' in payload)) return null;
  return typeof payload.linkId === 'string' ? payload.linkId : null;
}

/** An API token as it is listed. */
export function tokenView(token: ApiToken): z.infer<typeof apiToken> {
  return {
    id: token.id,
    name: token.name,
    createdAt: time(token.createdAt),
    lastUsedAt: token.lastUsedAt === null ? null : time(token.lastUsedAt),
  };
}
