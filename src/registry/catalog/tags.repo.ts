import type { Db } from '../../db/index.ts';
import type { Digest } from '../../kernel/index.ts';
import { tablesOf } from '../rows.ts';
import type { Page } from '../types.ts';

/** What an image tag stands for. */
export async function findTag(db: Db, repository: string, tag: string): Promise<Digest | undefined> {
  const row = await tablesOf(db)
    .selectFrom('registry_tags')
    .select('digest')
    .where('repository', '=', repository)
    .where('tag', '=', tag)
    .executeTakeFirst();
  return row?.digest as Digest | undefined;
}

/** Who lets an image tag stand for a manifest: whoever pushes it, or a snapshot. */
export type Tagger = 'push' | 'snapshot';

/** Lets an image tag stand for a manifest of the repository, whatever it stood for before where that came from one of `over`; false where it stays as it was. */
export async function setTag(
  db: Db,
  at: { readonly repository: string; readonly tag: string },
  to: { readonly digest: Digest; readonly by: Tagger; readonly over: readonly Tagger[] },
  nowMs: number,
): Promise<boolean> {
  const mark = (tagger: Tagger) => (tagger === 'snapshot' ? 1 : 0);
  const row = { digest: to.digest, published: mark(to.by), updated_at: nowMs };
  const result = await tablesOf(db)
    .insertInto('registry_tags')
    .values({ ...at, ...row })
    .onConflict((conflict) => {
      const same = conflict.columns(['repository', 'tag']);
      if (to.over.length === 0) return same.doNothing();
      return same.doUpdateSet(row).where('registry_tags.published', 'in', to.over.map(mark));
    })
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) > 0;
}

/** Removes an image tag; true where there was one. */
export async function deleteTag(db: Db, repository: string, tag: string): Promise<boolean> {
  const result = await tablesOf(db)
    .deleteFrom('registry_tags')
    .where('repository', '=', repository)
    .where('tag', '=', tag)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** An image tag in a list. */
export interface ListedTag {
  readonly tag: string;
  readonly digest: Digest;
  readonly updatedAt: number;
}

/** Image tags by code point. */
export async function listTags(
  db: Db,
  repository: string,
  { after = '', limit }: Page,
): Promise<readonly ListedTag[]> {
  const rows = await tablesOf(db)
    .selectFrom('registry_tags')
    .select(['tag', 'digest', 'updated_at'])
    .where('repository', '=', repository)
    .where('tag', '>', after)
    .orderBy('tag')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ tag: row.tag, digest: row.digest as Digest, updatedAt: row.updated_at }));
}
