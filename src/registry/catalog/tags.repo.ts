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

/** Lets an image tag stand for a manifest of the repository, whatever it stood for before; `published` by a snapshot, not pushed. */
export async function setTag(
  db: Db,
  at: { readonly repository: string; readonly tag: string },
  to: { readonly digest: Digest; readonly published: boolean },
  nowMs: number,
): Promise<void> {
  const row = { digest: to.digest, published: to.published ? 1 : 0, updated_at: nowMs };
  await tablesOf(db)
    .insertInto('registry_tags')
    .values({ ...at, ...row })
    .onConflict((conflict) => conflict.columns(['repository', 'tag']).doUpdateSet(row))
    .execute();
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
