import { type Db, textList } from '../../db/index.ts';
import { tablesOf } from '../rows.ts';
import type { Verdict } from '../types.ts';

interface Tables {
  pinned_snapshots: { snapshot_id: string; pinned_at: number };
}

const pins = (db: Db) => db.query<Tables>();

/** A snapshot as the rules see it. */
export interface CandidateRow {
  readonly id: string;
  readonly linkId: string;
  readonly digest: string | null;
  readonly verdict: Verdict;
  readonly takenAt: number;
  readonly pinned: boolean;
}

/** Links outside the trash that have more than one snapshot, in pages by id. */
export async function* linksWithSeveral(db: Db): AsyncGenerator<readonly { id: string; url: string }[]> {
  for (let last = ''; ; ) {
    const rows = await tablesOf(db)
      .selectFrom('links')
      .select(['id', 'url'])
      .where('id', '>', last)
      .where('deleted_at', 'is', null)
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('snapshots')
          .select('link_id')
          .groupBy('link_id')
          .having(({ fn }) => fn.countAll(), '>', 1),
      )
      .orderBy('id')
      .limit(500)
      .execute();
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1)!.id;
  }
}

/** The snapshots of links, by link. */
export async function candidatesOf(
  db: Db,
  linkIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CandidateRow[]>> {
  const rows = await tablesOf(db)
    .selectFrom('snapshots')
    .select(['id', 'link_id', 'digest', 'verdict', 'taken_at'])
    .where('link_id', 'in', textList(db, linkIds))
    .execute();
  const pinned = await pinnedAmong(
    db,
    rows.map(({ id }) => id),
  );
  const candidates = rows.map((row) => ({
    id: row.id,
    linkId: row.link_id,
    digest: row.digest,
    verdict: row.verdict,
    takenAt: row.taken_at,
    pinned: pinned.has(row.id),
  }));
  return Map.groupBy(candidates, ({ linkId }) => linkId);
}

async function pinnedAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await pins(db)
    .selectFrom('pinned_snapshots')
    .select('snapshot_id')
    .where('snapshot_id', 'in', textList(db, ids))
    .execute();
  return new Set(rows.map((row) => row.snapshot_id));
}

/** Deletes snapshots of a link that is locked, but for the one that it shows and pinned ones; gives how many. */
export async function deleteSnapshots(trx: Db, linkId: string, ids: readonly string[]): Promise<number> {
  const pinned = await pinnedAmong(trx, ids);
  const result = await tablesOf(trx)
    .deleteFrom('snapshots')
    .where('link_id', '=', linkId)
    .where(
      'id',
      'in',
      textList(
        trx,
        ids.filter((id) => !pinned.has(id)),
      ),
    )
    .where('id', 'not in', (eb) =>
      eb
        .selectFrom('links')
        .select('snapshot_id')
        .where('snapshot_id', 'is not', null)
        .where('id', '=', linkId)
        .$castTo<{
          snapshot_id: string;
        }>(),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Pins a snapshot or lets it go; false where it was so already. */
export async function setPin(trx: Db, id: string, pinnedAt: number | null): Promise<boolean> {
  const done =
    pinnedAt === null
      ? await pins(trx).deleteFrom('pinned_snapshots').where('snapshot_id', '=', id).executeTakeFirst()
      : await pins(trx)
          .insertInto('pinned_snapshots')
          .values({ snapshot_id: id, pinned_at: pinnedAt })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
  return 'numDeletedRows' in done ? done.numDeletedRows > 0n : (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** All pinned snapshots, the newest pin first. */
export async function listPins(db: Db): Promise<readonly string[]> {
  const rows = await pins(db)
    .selectFrom('pinned_snapshots')
    .select('snapshot_id')
    .orderBy('pinned_at', 'desc')
    .orderBy('snapshot_id')
    .execute();
  return rows.map((row) => row.snapshot_id);
}
