import { sql } from 'kysely';
import { type Db, textList } from '../db/index.ts';
import { type LinkRow, tablesOf } from './rows.ts';

/** The rows of links by the hash of their comparison key. */
export async function findByKeys(db: Db, hashes: readonly string[]): Promise<ReadonlyMap<string, LinkRow>> {
  const rows = await tablesOf(db)
    .selectFrom('links')
    .selectAll()
    .where('key_hash', 'in', textList(db, hashes))
    .execute();
  return new Map(rows.map((row) => [row.key_hash, row]));
}

/** Stores links that nobody else stored meanwhile; gives the ids of those. */
export async function insertLinks(trx: Db, rows: readonly LinkRow[]): Promise<ReadonlySet<string>> {
  const stored = new Set<string>();
  // In one order, so that two transactions that add the same links wait for each other instead of deadlocking.
  const ordered = rows.toSorted((a, b) => (a.key_hash < b.key_hash ? -1 : 1));
  for (let at = 0; at < ordered.length; at += 500) {
    const part = await tablesOf(trx)
      .insertInto('links')
      .values(ordered.slice(at, at + 500))
      .onConflict((conflict) => conflict.column('key_hash').doNothing())
      .returning('id')
      .execute();
    for (const row of part) stored.add(row.id);
  }
  return stored;
}

export async function findRow(db: Db, id: string): Promise<LinkRow | undefined> {
  return tablesOf(db).selectFrom('links').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Locks a link until the transaction ends; undefined where there is none. */
export async function lockLink(trx: Db, id: string): Promise<LinkRow | undefined> {
  return tablesOf(trx)
    .updateTable('links')
    .set({ key_hash: sql`key_hash` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Changes a link, which stays locked until the transaction ends; undefined where there is none. */
export async function updateLink(
  trx: Db,
  id: string,
  change: Partial<LinkRow>,
): Promise<LinkRow | undefined> {
  return tablesOf(trx)
    .updateTable('links')
    .set(change)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Sets when links were put in the trash (null takes them out); gives the ids of those that it changed. */
export async function setDeleted(
  trx: Db,
  ids: readonly string[],
  deletedAt: number | null,
): Promise<readonly string[]> {
  const rows = await tablesOf(trx)
    .updateTable('links')
    .set({ deleted_at: deletedAt })
    .where('id', 'in', textList(trx, ids))
    .where('deleted_at', deletedAt === null ? 'is not' : 'is', null)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Deletes links that are in the trash, with their tags and snapshots; gives the rows. */
export async function deleteTrashed(trx: Db, ids: readonly string[]): Promise<readonly LinkRow[]> {
  return tablesOf(trx)
    .deleteFrom('links')
    .where('id', 'in', textList(trx, ids))
    .where('deleted_at', 'is not', null)
    .returningAll()
    .execute();
}

/** The ids of links that were put in the trash before the time. */
export async function listTrashedBefore(db: Db, time: number): Promise<readonly string[]> {
  const rows = await tablesOf(db)
    .selectFrom('links')
    .select('id')
    .where(sql<boolean>`deleted_at is not null`)
    .where('deleted_at', '<', time)
    .execute();
  return rows.map((row) => row.id);
}
