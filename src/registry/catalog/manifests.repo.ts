import { type Db, textList } from '../../db/index.ts';
import type { Digest } from '../../kernel/index.ts';
import { type Pin, pins, tablesOf } from '../rows.ts';
import type { NewManifest, StoredManifest } from '../types.ts';

const columns = ['digest', 'media_type', 'size_bytes', 'pushed_at'] as const;

function manifestOf(row: {
  digest: string;
  media_type: string;
  size_bytes: number;
  pushed_at: number;
}): StoredManifest {
  return {
    digest: row.digest as Digest,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    pushedAt: row.pushed_at,
  };
}

export async function findManifest(
  db: Db,
  repository: string,
  digest: Digest,
): Promise<StoredManifest | undefined> {
  const row = await tablesOf(db)
    .selectFrom('registry_manifests')
    .select(columns)
    .where('repository', '=', repository)
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row && manifestOf(row);
}

/** The manifests of a repository among some digests, with their sizes. */
export async function manifestsAmong(
  db: Db,
  repository: string,
  digests: readonly Digest[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tablesOf(db)
    .selectFrom('registry_manifests')
    .select(['digest', 'size_bytes'])
    .where('repository', '=', repository)
    .where('digest', 'in', textList(db, digests))
    .execute();
  return new Map(rows.map((row) => [row.digest, row.size_bytes]));
}

/** Adds a manifest with its parts; one that is there stays, with the time of now. */
export async function insertManifest(
  db: Db,
  repository: string,
  manifest: NewManifest,
  nowMs: number,
): Promise<void> {
  const { subject, annotations } = manifest;
  await tablesOf(db)
    .insertInto('registry_manifests')
    .values({
      repository,
      digest: manifest.digest,
      media_type: manifest.mediaType,
      size_bytes: manifest.sizeBytes,
      artifact_type: cleanText(manifest.artifactType),
      subject: subject ?? null,
      annotations: subject === undefined ? null : cleanText(JSON.stringify(annotations)),
      pinned: 0,
      pushed_at: nowMs,
    })
    .onConflict((conflict) => conflict.columns(['repository', 'digest']).doUpdateSet({ pushed_at: nowMs }))
    .execute();
  const digests = new Set([...manifest.blobs, ...manifest.children].map((part) => part.digest));
  const rows = [...digests].map((digest) => ({ repository, manifest: manifest.digest, digest }));
  for (let at = 0; at < rows.length; at += 500)
    await tablesOf(db)
      .insertInto('registry_parts')
      .values(rows.slice(at, at + 500))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** Pins manifests that have one of the pins `from`, or lets them go with what holds them. */
export async function movePins(
  db: Db,
  repository: string,
  digests: readonly Digest[],
  from: readonly Pin[],
  to: Pin,
): Promise<void> {
  if (digests.length === 0) return;
  await tablesOf(db)
    .updateTable('registry_manifests')
    .set({ pinned: to })
    .where('repository', '=', repository)
    .where('digest', 'in', textList(db, digests))
    .where('pinned', 'in', from)
    .execute();
}

/** What came before its subject, with one of these pins, is held by it from now on. */
export async function unpinReferrers(
  db: Db,
  repository: string,
  subject: Digest,
  from: readonly Pin[],
): Promise<void> {
  await tablesOf(db)
    .updateTable('registry_manifests')
    .set({ pinned: pins.none })
    .where('repository', '=', repository)
    .where('subject', '=', subject)
    .where('pinned', 'in', from)
    .execute();
}

/** Takes manifests out of a repository, their image tags with them; gives their number. */
export async function deleteManifests(
  db: Db,
  repository: string,
  digests: readonly Digest[],
): Promise<number> {
  const result = await tablesOf(db)
    .deleteFrom('registry_manifests')
    .where('repository', '=', repository)
    .where('digest', 'in', textList(db, digests))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** The manifest of a repository that names a part; undefined where none does. */
export async function holderOf(db: Db, repository: string, part: Digest): Promise<Digest | undefined> {
  const row = await tablesOf(db)
    .selectFrom('registry_parts')
    .select('manifest')
    .where('repository', '=', repository)
    .where('digest', '=', part)
    .limit(1)
    .executeTakeFirst();
  return row?.manifest as Digest | undefined;
}

/** Postgres refuses NUL and half characters, which JSON may carry. */
function cleanText(text: string | undefined): string | null {
  if (text === undefined) return null;
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** The digests of all manifests of a repository. */
export async function listDigests(db: Db, repository: string): Promise<readonly Digest[]> {
  const rows = await tablesOf(db)
    .selectFrom('registry_manifests')
    .select('digest')
    .where('repository', '=', repository)
    .execute();
  return rows.map(({ digest }) => digest as Digest);
}
