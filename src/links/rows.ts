import type { Db } from '../db/index.ts';
import type { Digest } from '../kernel/index.ts';
import type { NewSnapshot, Snapshot, SnapshotKind, Verdict } from './types.ts';

export interface LinkRow {
  id: string;
  url: string;
  /** As punycode. */
  host: string;
  key_hash: string;
  own_title: string | null;
  /** The user's own, else that of the shown snapshot. */
  title: string;
  sort_title: string;
  note: string;
  added_at: number;
  updated_at: number;
  deleted_at: number | null;
  snapshot_id: string | null;
  capture_job_id: string | null;
  /** LinkOptions as JSON. */
  options: string;
}

export interface SnapshotRow {
  id: string;
  link_id: string;
  job_id: string;
  digest: string | null;
  kind: SnapshotKind;
  verdict: Verdict;
  taken_at: number;
  final_url: string;
  title: string;
  description: string;
  author: string;
  published_at: string;
  language: string;
  site_name: string;
  evidence: string;
  formats: string;
  measures: string;
}

/** The tables of this room. */
export interface LinksTables {
  links: LinkRow;
  tags: { id: string; key: string; name: string };
  tag_paths: { tag_id: string; path_key: string };
  link_tags: { link_id: string; tag_id: string };
  snapshots: SnapshotRow;
}

/** The database as this room sees it. */
export const tablesOf = (db: Db) => db.query<LinksTables>();

export function snapshotOf(row: SnapshotRow): Snapshot {
  return {
    id: row.id,
    linkId: row.link_id,
    digest: row.digest as Digest | null,
    kind: row.kind,
    verdict: row.verdict,
    evidence: JSON.parse(row.evidence),
    takenAt: row.taken_at,
    finalUrl: row.final_url,
    title: row.title,
    description: row.description,
    author: row.author,
    publishedAt: row.published_at,
    language: row.language,
    siteName: row.site_name,
    formats: JSON.parse(row.formats),
    measures: JSON.parse(row.measures),
  };
}

export function snapshotRow(id: string, snapshot: NewSnapshot): SnapshotRow {
  return {
    id,
    link_id: snapshot.linkId,
    job_id: snapshot.jobId,
    digest: snapshot.digest,
    kind: snapshot.kind,
    verdict: snapshot.verdict,
    taken_at: snapshot.takenAt,
    final_url: clean(snapshot.finalUrl),
    title: clean(snapshot.title),
    description: clean(snapshot.description),
    author: clean(snapshot.author),
    published_at: clean(snapshot.publishedAt),
    language: clean(snapshot.language),
    site_name: clean(snapshot.siteName),
    evidence: clean(JSON.stringify(snapshot.evidence)),
    formats: JSON.stringify(snapshot.formats),
    measures: JSON.stringify(snapshot.measures),
  };
}

/** Text as both engines can keep it: a page may hold half characters and NULs, which Postgres refuses. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** What a title is sorted by; a link without one sorts by its address. */
export function sortTitle(title: string, url: string): string {
  const text = title === '' ? url.replace(/^https?:\/\/(?:www\.)?/i, '') : title;
  return text.normalize('NFKC').toLowerCase().trim().slice(0, 200).toWellFormed();
}
