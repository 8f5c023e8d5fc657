import type { Db } from '../../db/index.ts';
import { tablesOf } from '../rows.ts';
import type { Page } from '../types.ts';

/** Makes a repository where there is none of that name. */
export async function ensureRepository(db: Db, name: string, nowMs: number): Promise<void> {
  await tablesOf(db)
    .insertInto('registry_repositories')
    .values({ name, created_at: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function hasRepository(db: Db, name: string): Promise<boolean> {
  const row = await tablesOf(db)
    .selectFrom('registry_repositories')
    .select('name')
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
}

/** The names of repositories that hold a manifest, sorted. */
export async function listRepositories(db: Db, { after = '', limit }: Page): Promise<readonly string[]> {
  const rows = await tablesOf(db)
    .selectFrom('registry_repositories as r')
    .select('r.name')
    .where('r.name', '>', after)
    .where((e) =>
      e.exists(
        e.selectFrom('registry_manifests as m').select('m.digest').whereRef('m.repository', '=', 'r.name'),
      ),
    )
    .orderBy('r.name')
    .limit(limit)
    .execute();
  return rows.map((row) => row.name);
}

/** Ends repositories made before `beforeMs` that hold nothing any more. */
export async function deleteEmptyRepositories(db: Db, beforeMs: number): Promise<void> {
  await tablesOf(db)
    .deleteFrom('registry_repositories')
    .where('created_at', '<', beforeMs)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('registry_manifests as m')
            .select('m.digest')
            .whereRef('m.repository', '=', 'registry_repositories.name'),
        ),
      ),
    )
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('registry_blobs as b')
            .select('b.digest')
            .whereRef('b.repository', '=', 'registry_repositories.name'),
        ),
      ),
    )
    .execute();
}
