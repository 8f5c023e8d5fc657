import { type Db, textList } from '../../db/index.ts';
import type { Digest } from '../../kernel/index.ts';
import { tablesOf } from '../rows.ts';
import type { HeldBlob } from '../types.ts';

/** A blob as a repository holds it, and when somebody last asked for it to stay. */
export interface BlobRow extends HeldBlob {
  readonly touchedAt: number;
}

export async function findBlob(db: Db, repository: string, digest: Digest): Promise<BlobRow | undefined> {
  const row = await tablesOf(db)
    .selectFrom('registry_blobs')
    .select(['size_bytes', 'touched_at'])
    .where('repository', '=', repository)
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row && { digest, sizeBytes: row.size_bytes, touchedAt: row.touched_at };
}

/** How many rows go into one statement: engines limit the number of parameters. */
const rowsAtATime = 500;

/** Makes blobs visible in a repository; those that are already are touched. */
export async function addBlobs(
  db: Db,
  repository: string,
  blobs: readonly HeldBlob[],
  nowMs: number,
): Promise<void> {
  const distinct = [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
  for (let at = 0; at < distinct.length; at += rowsAtATime)
    await tablesOf(db)
      .insertInto('registry_blobs')
      .values(
        distinct.slice(at, at + rowsAtATime).map(({ digest, sizeBytes }) => ({
          repository,
          digest,
          size_bytes: sizeBytes,
          touched_at: nowMs,
        })),
      )
      .onConflict((conflict) => conflict.columns(['repository', 'digest']).doUpdateSet({ touched_at: nowMs }))
      .execute();
}

/** Takes a blob out of a repository; true where it was there. */
export async function deleteBlob(db: Db, repository: string, digest: Digest): Promise<boolean> {
  const result = await tablesOf(db)
    .deleteFrom('registry_blobs')
    .where('repository', '=', repository)
    .where('digest', '=', digest)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** Which of the digests are blobs of a repository. */
export async function blobsAmong(
  db: Db,
  repository: string,
  digests: readonly Digest[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tablesOf(db)
    .selectFrom('registry_blobs')
    .select(['digest', 'size_bytes'])
    .where('repository', '=', repository)
    .where('digest', 'in', textList(db, digests))
    .execute();
  return new Map(rows.map((row) => [row.digest, row.size_bytes]));
}

/** Some repositories that hold a blob. */
export async function repositoriesWithBlob(
  db: Db,
  digest: Digest,
  limit: number,
): Promise<readonly string[]> {
  const rows = await tablesOf(db)
    .selectFrom('registry_blobs')
    .select('repository')
    .where('digest', '=', digest)
    .orderBy('repository')
    .limit(limit)
    .execute();
  return rows.map((row) => row.repository);
}

/** Blobs that no manifest of their repository names. */
const looseBlobs = (db: Db) =>
  tablesOf(db)
    .selectFrom('registry_blobs as b')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('registry_parts as p')
            .select('p.digest')
            .whereRef('p.repository', '=', 'b.repository')
            .whereRef('p.digest', '=', 'b.digest'),
        ),
      ),
    );

/** The digests of blobs that no manifest of their repository names, such as those of a push that has not ended. */
export async function listLooseBlobs(db: Db, sinceMs: number): Promise<readonly Digest[]> {
  const rows = await looseBlobs(db)
    .select('b.digest')
    .where('b.touched_at', '>=', sinceMs)
    .distinct()
    .execute();
  return rows.map((row) => row.digest as Digest);
}

/** Takes out blobs that no manifest names and nobody touched since; gives their number. */
export async function deleteLooseBlobs(db: Db, beforeMs: number): Promise<number> {
  const result = await tablesOf(db)
    .deleteFrom('registry_blobs')
    .where('touched_at', '<', beforeMs)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('registry_parts as p')
            .select('p.digest')
            .whereRef('p.repository', '=', 'registry_blobs.repository')
            .whereRef('p.digest', '=', 'registry_blobs.digest'),
        ),
      ),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
