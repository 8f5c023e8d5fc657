import type { Db } from '../db/index.ts';
import type { SearchFields, SearchIndex } from '../search/index.ts';
import type { LinkRow } from './rows.ts';
import { tagsOf } from './tags.repo.ts';

/** The short fields by which a link is found, as they stand in the transaction. */
export async function fieldsOf(trx: Db, row: LinkRow): Promise<SearchFields> {
  const tags = (await tagsOf(trx, [row.id])).get(row.id)!;
  return { title: row.title, url: row.url, note: row.note, tags };
}

/** Brings the short fields of a link in the index up to date; its text stays. */
export async function reindex(search: SearchIndex, trx: Db, row: LinkRow): Promise<void> {
  await search.putFields(row.id, await fieldsOf(trx, row), trx);
}
