import { sql } from 'kysely';
import { type Db, textList } from '../../db/index.ts';
import { tablesOf } from '../rows.ts';

/** What a repository holds, in figures. */
export interface RepositoryFigures {
  readonly name: string;
  readonly imageTags: number;
  readonly manifests: number;
  /** The bytes of its blobs and manifests, each digest once. */
  readonly sizeBytes: number;
  /** Those of them that no other repository holds: what its end would free. */
  readonly uniqueBytes: number;
  /** When something was last pushed, epoch milliseconds. */
  readonly pushedAt: number;
}

/** The figures of some repositories, by name; three statements whatever their number. */
export async function figuresOf(db: Db, names: readonly string[]): Promise<readonly RepositoryFigures[]> {
  const q = tablesOf(db);
  const list = textList(db, names);
  const manifests = await q
    .selectFrom('registry_manifests')
    .select((e) => ['repository', e.fn.countAll<number>().as('count'), e.fn.max('pushed_at').as('pushed_at')])
    .where('repository', 'in', list)
    .groupBy('repository')
    .execute();
  const tags = await q
    .selectFrom('registry_tags')
    .select((e) => ['repository', e.fn.countAll<number>().as('count')])
    .where('repository', 'in', list)
    .groupBy('repository')
    .execute();
  const sizes = await sql<{ repository: string; bytes: number; shared: number | null }>`
    select repository, cast(sum(size_bytes) as bigint) as bytes,
      cast(sum(case when elsewhere then size_bytes else 0 end) as bigint) as shared
    from (
      select b.repository, b.size_bytes, exists (
        select 1 from registry_blobs o where o.digest = b.digest and o.repository <> b.repository
      ) as elsewhere from registry_blobs b where b.repository in ${list}
      union all
      select m.repository, m.size_bytes, exists (
        select 1 from registry_manifests o where o.digest = m.digest and o.repository <> m.repository
      ) as elsewhere from registry_manifests m where m.repository in ${list}
    ) as held group by repository`.execute(q);
  const tagCounts = new Map(tags.map((row) => [row.repository, Number(row.count)]));
  const bytes = new Map(sizes.rows.map((row) => [row.repository, row]));
  const byName = new Map(manifests.map((row) => [row.repository, row]));
  return names.map((name) => {
    const { bytes: sizeBytes = 0, shared = 0 } = bytes.get(name) ?? {};
    return {
      name,
      imageTags: tagCounts.get(name) ?? 0,
      manifests: Number(byName.get(name)?.count ?? 0),
      sizeBytes: Number(sizeBytes),
      uniqueBytes: Number(sizeBytes) - Number(shared),
      pushedAt: byName.get(name)?.pushed_at ?? 0,
    };
  });
}

/** How many repositories hold a manifest. */
export async function countOf(db: Db): Promise<number> {
  const row = await tablesOf(db)
    .selectFrom('registry_manifests')
    .select((e) => e.fn.count<number>('repository').distinct().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
