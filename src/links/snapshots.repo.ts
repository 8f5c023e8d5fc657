import { sql } from 'kysely';
import { type Db, textList } from '../db/index.ts';
import type { Digest } from '../kernel/index.ts';
import { type SnapshotRow, snapshotOf, tablesOf } from './rows.ts';
import type { Format, Snapshot } from './types.ts';

/** Stores a snapshot; false where its job has handed one in before. */
export async function insertSnapshot(trx: Db, row: SnapshotRow): Promise<boolean> {
  const result = await tablesOf(trx)
    .insertInto('snapshots')
    .values(row)
    .onConflict((conflict) => conflict.column('job_id').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function findByJob(db: Db, jobId: string): Promise<Snapshot | undefined> {
  return one(await all(db).where('job_id', '=', jobId).execute());
}

export async function findById(db: Db, id: string): Promise<Snapshot | undefined> {
  return one(await all(db).where('id', '=', id).execute());
}

/** The newest snapshot with this manifest. */
export async function findByDigest(db: Db, digest: Digest): Promise<Snapshot | undefined> {
  return one(await newestFirst(db).where('digest', '=', digest).limit(1).execute());
}

/** The snapshot that a link shows. */
export async function findShown(db: Db, linkId: string): Promise<Snapshot | undefined> {
  const shown = sql<string>`(select snapshot_id from links where id = ${linkId})`;
  return one(await all(db).where('id', '=', shown).execute());
}

/** Newest first. */
export async function listOfLink(db: Db, linkId: string): Promise<readonly Snapshot[]> {
  return (await newestFirst(db).where('link_id', '=', linkId).execute()).map(snapshotOf);
}

export async function listByIds(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Snapshot>> {
  const rows = await all(db).where('id', 'in', textList(db, ids)).execute();
  return new Map(rows.map((row) => [row.id, snapshotOf(row)]));
}

/** The one that a link should show: its newest good one, else its newest. */
export async function chooseShown(db: Db, linkId: string): Promise<Snapshot | undefined> {
  const rows = await all(db)
    .where('link_id', '=', linkId)
    .orderBy(sql`case when verdict = 'good' then 0 else 1 end`)
    .orderBy('taken_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .execute();
  return one(rows);
}

/** How many snapshots each link has; links without any are left out. */
export async function countByLink(db: Db, linkIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tablesOf(db)
    .selectFrom('snapshots')
    .select(({ fn }) => ['link_id', fn.countAll<number>().as('count')])
    .where('link_id', 'in', textList(db, linkIds))
    .groupBy('link_id')
    .execute();
  return new Map(rows.map((row) => [row.link_id, Number(row.count)]));
}

/** Adds a format where the snapshot does not have it; gives its link, undefined where there is no such snapshot. */
export async function addFormat(trx: Db, id: string, format: Format): Promise<string | undefined> {
  // Writing first locks the row, so that two formats that are added at once are both kept.
  const row = await tablesOf(trx)
    .updateTable('snapshots')
    .set({ formats: sql`formats` })
    .where('id', '=', id)
    .returning(['formats', 'link_id'])
    .executeTakeFirst();
  if (!row) return undefined;
  const formats = [...new Set([...JSON.parse(row.formats), format])];
  await tablesOf(trx)
    .updateTable('snapshots')
    .set({ formats: JSON.stringify(formats) })
    .where('id', '=', id)
    .execute();
  return row.link_id;
}

/** All manifests that a snapshot (but for those of these ids) names, in pages. */
export async function* listDigests(db: Db, without: ReadonlySet<string> = new Set()): AsyncGenerator<Digest> {
  let told = '';
  for (let [lastDigest, lastId] = ['', '']; ; ) {
    const rows = await tablesOf(db)
      .selectFrom('snapshots')
      .select(['digest', 'id'])
      .where((eb) =>
        eb.or([
          eb('digest', '>', lastDigest),
          eb.and([eb('digest', '=', lastDigest), eb('id', '>', lastId)]),
        ]),
      )
      .orderBy('digest')
      .orderBy('id')
      .limit(1_000)
      .execute();
    for (const { digest, id } of rows) {
      if (digest === told || without.has(id)) continue;
      told = digest!;
      yield digest as Digest;
    }
    if (rows.length === 0) return;
    [lastDigest, lastId] = [rows.at(-1)!.digest!, rows.at(-1)!.id];
  }
}

const all = (db: Db) => tablesOf(db).selectFrom('snapshots').selectAll();
const newestFirst = (db: Db) => all(db).orderBy('taken_at', 'desc').orderBy('id', 'desc');
const one = (rows: readonly SnapshotRow[]) => (rows[0] ? snapshotOf(rows[0]) : undefined);
