import { type Db, textList } from '../db/index.ts';
import type { Job, Jobs } from '../jobs/index.ts';
import { type LinkRow, tablesOf } from './rows.ts';
import { shownHost } from './shown-host.ts';
import { countByLink, listByIds } from './snapshots.repo.ts';
import { tagsOf } from './tags.repo.ts';
import type { Link, Snapshot } from './types.ts';

/** The links with these ids, in their order; five queries whatever their number. Ids without a link are left out. */
export async function loadLinks(db: Db, jobs: Jobs, ids: readonly string[]): Promise<readonly Link[]> {
  if (ids.length === 0) return [];
  const rows = await tablesOf(db)
    .selectFrom('links')
    .selectAll()
    .where('id', 'in', textList(db, ids))
    .execute();
  const present = (values: readonly (string | null)[]) => values.filter((value) => value !== null);
  const tags = await tagsOf(db, ids);
  const snapshots = await listByIds(db, present(rows.map((row) => row.snapshot_id)));
  const counts = await countByLink(db, ids);
  const listed = await jobs.list({ ids: present(rows.map((row) => row.capture_job_id)) });
  const byJob = new Map(listed.map((job) => [job.id, job]));
  const links = new Map(
    rows.map((row) => [
      row.id,
      linkOf(row, {
        tags: tags.get(row.id) ?? [],
        snapshot: snapshots.get(row.snapshot_id ?? ''),
        count: counts.get(row.id) ?? 0,
        job: byJob.get(row.capture_job_id ?? ''),
      }),
    ]),
  );
  return ids.map((id) => links.get(id)).filter((link) => link !== undefined);
}

function linkOf(
  row: LinkRow,
  parts: { tags: string[]; snapshot: Snapshot | undefined; count: number; job: Job | undefined },
): Link {
  return {
    id: row.id,
    url: row.url,
    host: shownHost(row.host),
    title: row.title,
    ownTitle: row.own_title,
    note: row.note,
    options: JSON.parse(row.options),
    tags: parts.tags,
    addedAt: row.added_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    snapshot: parts.snapshot ?? null,
    snapshotCount: parts.count,
    job: parts.job && parts.job.state !== 'done' ? parts.job : null,
  };
}
