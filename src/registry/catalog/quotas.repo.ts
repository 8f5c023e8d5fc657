import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';
import type { Digest } from '../../kernel/index.ts';
import { tablesOf, under } from '../rows.ts';

/** The most bytes that the repositories under a prefix may hold; an empty prefix is all of them. */
export interface Quota {
  readonly prefix: string;
  readonly limitBytes: number;
}

/** All quotas, by prefix. */
export async function listQuotas(db: Db): Promise<readonly Quota[]> {
  const rows = await tablesOf(db).selectFrom('registry_quotas').selectAll().orderBy('prefix').execute();
  return rows.map((row) => ({ prefix: row.prefix, limitBytes: row.limit_bytes }));
}

export async function setQuota(db: Db, { prefix, limitBytes }: Quota): Promise<void> {
  await tablesOf(db)
    .insertInto('registry_quotas')
    .values({ prefix, limit_bytes: limitBytes })
    .onConflict((conflict) => conflict.column('prefix').doUpdateSet({ limit_bytes: limitBytes }))
    .execute();
}

/** Removes a quota; true where there was one. */
export async function deleteQuota(db: Db, prefix: string): Promise<boolean> {
  const result = await tablesOf(db)
    .deleteFrom('registry_quotas')
    .where('prefix', '=', prefix)
    .executeTakeFirst();
  return Number(result.numDeletedRows) > 0;
}

/** The bytes of everything that the repositories under a prefix hold, each digest once. */
export async function usedBytes(db: Db, prefix: string): Promise<number> {
  const { rows } = await sql<{ bytes: number | null }>`
    select cast(sum(size_bytes) as bigint) as bytes from (
      select digest, size_bytes from registry_blobs where ${under('repository', prefix)}
      union select digest, size_bytes from registry_manifests where ${under('repository', prefix)}
    ) as held`.execute(tablesOf(db));
  return Number(rows[0]?.bytes ?? 0);
}

/** True where a repository under the prefix holds the blob or manifest. */
export async function isHeldUnder(db: Db, prefix: string, digest: Digest): Promise<boolean> {
  for (const table of ['registry_blobs', 'registry_manifests'] as const) {
    const row = await tablesOf(db)
      .selectFrom(table)
      .select('digest')
      .where('digest', '=', digest)
      .where(under('repository', prefix))
      .limit(1)
      .executeTakeFirst();
    if (row) return true;
  }
  return false;
}
