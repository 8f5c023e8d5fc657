import type { Job } from '../../jobs/index.ts';
import type { Link, Snapshot } from '../../links/index.ts';
import { type Language, localizeError, localizeEvidence } from '../../texts/index.ts';

const iso = (time: number): string => new Date(time).toISOString();

/** A link as `--json` gives it; times are ISO 8601, UTC. */
export function linkJson(link: Link, language: Language, snapshot: Snapshot | null = link.snapshot) {
  return {
    id: link.id,
    url: link.url,
    title: link.title,
    tags: link.tags,
    snapshot: snapshot && snapshotJson(snapshot, language),
    note: link.note,
    options: link.options,
    host: link.host,
    addedAt: iso(link.addedAt),
    updatedAt: iso(link.updatedAt),
    deletedAt: link.deletedAt === null ? null : iso(link.deletedAt),
    snapshotCount: link.snapshotCount,
    job: link.job && jobJson(link.job, language),
  };
}

/** A snapshot as `--json` gives it. */
export function snapshotJson(snapshot: Snapshot, language: Language) {
  const { evidence, takenAt, id, digest, verdict, formats, linkId, ...rest } = snapshot;
  const told = evidence.map((it) => ({ ...it, text: localizeEvidence(it, language) }));
  return { id, digest, verdict, takenAt: iso(takenAt), formats, linkId, evidence: told, ...rest };
}

/** A job as `--json` gives it. */
export function jobJson(job: Job, language: Language) {
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    lane: job.lane,
    attempts: job.attempts,
    maxAttempts: job.maxAttempts,
    progress: job.progress,
    fault: job.fault && { code: job.fault.code, text: localizeError(job.fault, language).message },
    linkId: linkIdOf(job),
    createdAt: iso(job.createdAt),
    updatedAt: iso(job.updatedAt),
  };
}

/** The link that a job works for; null where it works for none. */
export function linkIdOf(job: Job): string | null {
  const { payload } = job;
  if (typeof payload !== 'object' || payload === null || !('linkId' in payload)) return null;
  return typeof payload.linkId === 'string' ? payload.linkId : null;
}
