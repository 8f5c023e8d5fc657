import { sql } from 'kysely';
import { type Db, textList } from '../db/index.ts';
import { newId } from '../kernel/index.ts';
import { type ParsedTag, tagKey } from './parse-tag.ts';
import { tablesOf } from './rows.ts';
import type { TagCount } from './types.ts';

/** The ids of these tags by key; those that do not exist are made, and one that nothing carries takes the new spelling. */
export async function ensureTags(
  trx: Db,
  tags: readonly ParsedTag[],
): Promise<{ ids: ReadonlyMap<string, string>; made: readonly string[] }> {
  const wanted = new Map(tags.toReversed().map((tag) => [tag.key, tag]));
  const ids = new Map<string, string>();
  const made: string[] = [];
  const rows = await tablesOf(trx)
    .selectFrom('tags')
    .select('id')
    .select('key')
    .where('key', 'in', textList(trx, wanted.keys()))
    .where(isUsed)
    .execute();
  for (const row of rows) ids.set(row.key, row.id);
  // In one order, so that two transactions that make the same tags wait for each other instead of deadlocking.
  for (const tag of [...wanted.values()].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    if (ids.has(tag.key)) continue;
    const { id } = await tablesOf(trx)
      .insertInto('tags')
      .values({ id: newId(), key: tag.key, name: tag.name })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          name: sql<string>`case when ${isUsed} then tags.name else excluded.name end`,
        }),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    await tablesOf(trx)
      .insertInto('tag_paths')
      .values(tag.paths.map((path_key) => ({ tag_id: id, path_key })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    ids.set(tag.key, id);
    made.push(id);
  }
  return { ids, made };
}

const isUsed = sql<boolean>`exists (select 1 from link_tags where link_tags.tag_id = tags.id)`;

/** Gives each link its tags; true where at least one was new to it. */
export async function attachTags(trx: Db, linkId: string, tagIds: readonly string[]): Promise<boolean> {
  if (tagIds.length === 0) return false;
  const result = await tablesOf(trx)
    .insertInto('link_tags')
    .values(tagIds.map((tag_id) => ({ link_id: linkId, tag_id })))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Takes tags away from a link; true where it had one of them. */
export async function detachTags(trx: Db, linkId: string, keys: readonly string[]): Promise<boolean> {
  if (keys.length === 0) return false;
  const result = await tablesOf(trx)
    .deleteFrom('link_tags')
    .where('link_id', '=', linkId)
    .where('tag_id', 'in', (eb) =>
      eb
        .selectFrom('tags')
        .select('id')
        .where('key', 'in', [...keys]),
    )
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** The names of the tags of links, each list sorted. */
export async function tagsOf(db: Db, linkIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const rows = await tablesOf(db)
    .selectFrom('link_tags')
    .innerJoin('tags', 'tags.id', 'link_tags.tag_id')
    .select(['link_tags.link_id', 'tags.name', 'tags.key'])
    .where('link_tags.link_id', 'in', textList(db, linkIds))
    .execute();
  const tags = new Map<string, string[]>(linkIds.map((id) => [id, []]));
  for (const row of rows.sort((a, b) => (a.key < b.key ? -1 : 1))) tags.get(row.link_id)!.push(row.name);
  return tags;
}

/** Every level of every tag that a link outside the trash carries, with the number of these links, sorted. */
export async function countTags(db: Db): Promise<readonly TagCount[]> {
  const counts = await tablesOf(db)
    .selectFrom('tag_paths')
    .innerJoin('link_tags', 'link_tags.tag_id', 'tag_paths.tag_id')
    // Few links are in the trash, so leaving these out costs less than looking each link up.
    .where('link_tags.link_id', 'not in', (eb) =>
      eb.selectFrom('links').select('id').where('deleted_at', 'is not', null),
    )
    .select(['tag_paths.path_key', sql<number>`count(distinct link_tags.link_id)`.as('links')])
    .groupBy('tag_paths.path_key')
    .orderBy('tag_paths.path_key')
    .execute();
  const names = await tablesOf(db).selectFrom('tags').select(['id', 'name']).where(isUsed).execute();
  const spelled = spellings(names.sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => row.name));
  return counts.map((row) => ({ tag: spelled.get(row.path_key) ?? row.path_key, links: Number(row.links) }));
}

/** How each level is written: as the tag of that name where there is one, else as in the first tag below it. */
function spellings(names: readonly string[]): ReadonlyMap<string, string> {
  const spelled = new Map(names.map((name) => [tagKey(name), name]));
  for (const name of names) {
    const levels = name.split('/');
    for (let depth = 1; depth < levels.length; depth++) {
      const path = levels.slice(0, depth).join('/');
      if (!spelled.has(tagKey(path))) spelled.set(tagKey(path), path);
    }
  }
  return spelled;
}
