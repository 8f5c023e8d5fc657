import { type Db, recordChange } from '../db/index.ts';
import type { Jobs, Lane } from '../jobs/index.ts';
import { type Clock, createIds } from '../kernel/index.ts';
import type { SearchIndex } from '../search/index.ts';
import { enqueueCapture } from './capture-job.ts';
import { reindex } from './index-fields.ts';
import type { LinkOptions } from './link-options.ts';
import { findByKeys, insertLinks, updateLink } from './links.repo.ts';
import type { ParsedNewLink } from './parse-new-links.ts';
import { type LinkRow, sortTitle } from './rows.ts';
import { attachTags, ensureTags } from './tags.repo.ts';

export interface LinksDeps {
  readonly db: Db;
  readonly search: SearchIndex;
  readonly jobs: Jobs;
  readonly clock: Clock;
}

/** What became of one link that was to be added. */
export interface StoredLink {
  readonly id: string;
  readonly created: boolean;
}

/** Stores links and their capture jobs (none without a lane), each link once; gives what became of each, in the order given. */
export async function storeLinks(
  deps: LinksDeps,
  trx: Db,
  links: readonly ParsedNewLink[],
  lane: Lane | undefined,
): Promise<readonly StoredLink[]> {
  const groups = Map.groupBy(links, (link) => link.keyHash);
  const { ids: tagIds, made } = await ensureTags(
    trx,
    links.flatMap((link) => link.tags),
  );
  const { rows, created } = await findOrInsert(deps.clock, trx, groups);
  const touchedTags = new Set<string>();
  // Known links in the order in which everybody locks them (no deadlock), then new ones in the order of the paste.
  const ordered = [...groups].map(([hash, same]) => ({ row: rows.get(hash)!, same }));
  const known = ordered
    .filter(({ row }) => !created.has(row.id))
    .sort((a, b) => (a.row.id < b.row.id ? -1 : 1));
  for (const { row, same } of [...known, ...ordered.filter(({ row }) => created.has(row.id))]) {
    const isNew = created.has(row.id);
    const tags = [...new Set(same.flatMap((link) => link.tags.map((tag) => tag.key)))];
    const tagged = await attachTags(
      trx,
      row.id,
      tags.map((key) => tagIds.get(key)!),
    );
    if (tagged) for (const key of tags) touchedTags.add(key);
    const change = isNew ? {} : changeOf(row, same, lane !== undefined);
    const changed = tagged || Object.keys(change).length > 0;
    const wanted = row.snapshot_id === null && lane !== undefined;
    const capture = wanted ? (await enqueueCapture(deps.jobs, row.id, lane, trx)).id : null;
    const next: Partial<LinkRow> = {
      ...change,
      ...(capture === null || capture === row.capture_job_id ? {} : { capture_job_id: capture }),
      ...(changed && !isNew ? { updated_at: deps.clock.now() } : {}),
    };
    const stored = Object.keys(next).length > 0 ? (await updateLink(trx, row.id, next))! : row;
    if (isNew || changed) await reindex(deps.search, trx, stored);
    if (isNew || Object.keys(next).length > 0) await recordChange(trx, 'link', row.id);
  }
  for (const key of touchedTags) await recordChange(trx, 'tag', key);
  if (made.length > 0 && touchedTags.size === 0) await recordChange(trx, 'tag', '*');
  const told = new Set<string>();
  return links.map((link) => {
    const { id } = rows.get(link.keyHash)!;
    const isFirst = !told.has(id);
    told.add(id);
    return { id, created: isFirst && created.has(id) };
  });
}

async function findOrInsert(
  clock: Clock,
  trx: Db,
  groups: ReadonlyMap<string, readonly ParsedNewLink[]>,
): Promise<{ rows: ReadonlyMap<string, LinkRow>; created: ReadonlySet<string> }> {
  const hashes = [...groups.keys()];
  const known = await findByKeys(trx, hashes);
  const nextId = createIds(clock);
  const now = clock.now();
  const fresh = hashes
    .filter((hash) => !known.has(hash))
    .map((hash) => newRow(groups.get(hash)!, nextId(), now));
  const created = await insertLinks(trx, fresh);
  const rows = new Map([...known, ...fresh.map((row) => [row.key_hash, row] as const)]);
  // Links that another process added between the two statements.
  const overtaken = fresh.filter((row) => !created.has(row.id)).map((row) => row.key_hash);
  if (overtaken.length > 0) for (const [hash, row] of await findByKeys(trx, overtaken)) rows.set(hash, row);
  return { rows, created };
}

function newRow(same: readonly ParsedNewLink[], id: string, now: number): LinkRow {
  const { url, host, keyHash } = same[0]!;
  const ownTitle = firstOf(same, 'title');
  return {
    id,
    url,
    host,
    key_hash: keyHash,
    own_title: ownTitle,
    title: ownTitle ?? '',
    sort_title: sortTitle(ownTitle ?? '', url),
    note: firstOf(same, 'note') ?? '',
    added_at: now,
    updated_at: now,
    deleted_at: null,
    snapshot_id: null,
    capture_job_id: null,
    options: JSON.stringify(optionsOf(same)),
  };
}

/**
 * What adding a known link again changes: it leaves the trash, what was empty is filled, and options that were given hold where
 * somebody asks for a capture; what was only taken in from elsewhere leaves those that are here.
 */
function changeOf(row: LinkRow, same: readonly ParsedNewLink[], isAsked: boolean): Partial<LinkRow> {
  const title = row.own_title === null ? firstOf(same, 'title') : null;
  const note = row.note === '' ? firstOf(same, 'note') : null;
  const options = optionsOf(same);
  return {
    ...(row.deleted_at === null ? {} : { deleted_at: null }),
    ...(note === null ? {} : { note }),
    ...(!isEmpty(options) && (isAsked || row.options === '{}') && { options: JSON.stringify(options) }),
    ...(title === null ? {} : { own_title: title, title, sort_title: sortTitle(title, row.url) }),
  };
}

/** Those of the last time that any were given. */
function optionsOf(same: readonly ParsedNewLink[]): LinkOptions {
  return same.findLast(({ options }) => !isEmpty(options))?.options ?? {};
}

const isEmpty = (options: LinkOptions) => Object.keys(options).length === 0;

function firstOf(same: readonly ParsedNewLink[], field: 'title' | 'note'): string | null {
  return same.map((link) => link[field]).find(Boolean) ?? null;
}
