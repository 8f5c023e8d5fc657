import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Clock } from '../kernel/index.ts';
import { parseQuery, type QueryNode, type SearchIndex } from '../search/index.ts';
import { type Cursor, formatCursor, parseCursor } from './cursor.ts';
import { asksForTrash, filterLinks, linkFacts } from './link-filter.ts';
import { tablesOf } from './rows.ts';
import type { LinkQuery, LinkSort } from './types.ts';

/** One page of ids, in order, with what the excerpts need. */
export interface IdPage {
  readonly ids: readonly string[];
  readonly total: number;
  readonly nextCursor: string | null;
  readonly node: QueryNode;
  readonly hasWords: boolean;
}

const columns = {
  added: { column: 'added_at', descending: true },
  updated: { column: 'updated_at', descending: true },
  title: { column: 'sort_title', descending: false },
} as const;

const largestPage = 200;

/** Finds the ids of a page of links. A sort by relevance is one by time where the query has no words. */
export async function queryIds(
  deps: { db: Db; search: SearchIndex; clock: Clock },
  query: LinkQuery,
): Promise<IdPage> {
  const { db } = deps;
  const node = parseQuery(query.q ?? '', linkFacts);
  const now = deps.clock.now();
  const filter = await filterLinks(node, { db, search: deps.search, now });
  const inTrash = query.trash ? sql`deleted_at is not null` : sql`deleted_at is null`;
  const condition: RawBuilder<boolean> = asksForTrash(node)
    ? filter.condition
    : sql`${inTrash} and ${filter.condition}`;
  const limit = Math.min(Math.max(1, Math.trunc(query.limit ?? 50)), largestPage);
  const sort = query.sort === 'relevance' && !filter.ranks ? 'added' : (query.sort ?? 'added');
  const after = query.cursor === undefined ? undefined : parseCursor(sort, query.cursor);
  const rest = { node, hasWords: filter.ranks !== undefined };
  if (sort === 'relevance')
    return { ...(await byRank(db, condition, filter.ranks!, { after, limit })), ...rest };
  return { ...(await byColumn(db, condition, sort, { after, limit })), ...rest };
}

interface Range {
  readonly after: Cursor | undefined;
  readonly limit: number;
}
type Found = Pick<IdPage, 'ids' | 'total' | 'nextCursor'>;

async function byColumn(
  db: Db,
  condition: RawBuilder<boolean>,
  sort: keyof typeof columns,
  { after, limit }: Range,
): Promise<Found> {
  const { column, descending } = columns[sort];
  const direction = descending ? 'desc' : 'asc';
  const key = sql.ref(column);
  let page = tablesOf(db)
    .selectFrom('links')
    .select(['id', sql<string | number>`${key}`.as('key')])
    .where(condition)
    .orderBy(key, direction)
    .orderBy('id', direction)
    .limit(limit + 1);
  if (after)
    page = page.where(
      sql<boolean>`(${key}, id) ${sql.raw(descending ? '<' : '>')} (${after.key}, ${after.id})`,
    );
  const rows = await page.execute();
  const counted = await tablesOf(db)
    .selectFrom('links')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where(condition)
    .executeTakeFirstOrThrow();
  return pageOf(sort, rows, Number(counted.total), limit);
}

async function byRank(
  db: Db,
  condition: RawBuilder<boolean>,
  ranks: ReadonlyMap<string, number>,
  { after, limit }: Range,
): Promise<Found> {
  const rows = await tablesOf(db).selectFrom('links').select('id').where(condition).execute();
  const ranked = rows.map(({ id }) => ({ id, key: ranks.get(id) ?? 0 }));
  ranked.sort((a, b) => b.key - a.key || (a.id < b.id ? 1 : -1));
  const start = after
    ? ranked.findIndex(({ id, key }) => key < Number(after.key) || (key === after.key && id < after.id))
    : 0;
  return pageOf('relevance', start < 0 ? [] : ranked.slice(start, start + limit + 1), ranked.length, limit);
}

function pageOf(
  sort: LinkSort,
  rows: readonly { id: string; key: string | number }[],
  total: number,
  limit: number,
): Found {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last ? formatCursor(sort, last) : null;
  return { ids: shown.map((row) => row.id), total, nextCursor };
}
