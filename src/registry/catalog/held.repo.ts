import type { Db } from '../../db/index.ts';
import type { Digest } from '../../kernel/index.ts';
import { pins, tablesOf } from '../rows.ts';
import type { HeldManifest } from '../types.ts';

/** The manifests of a repository, parted by whether something holds them. */
export interface HeldState {
  readonly held: readonly HeldManifest[];
  readonly free: readonly { readonly digest: Digest; readonly pushedAt: number }[];
}

/** What holds a manifest: an image tag or a pin (those of snapshots only where `published` says so), an index that is held, or a subject that is held. */
export async function heldState(
  db: Db,
  repository: string,
  { published }: { readonly published: boolean },
): Promise<HeldState> {
  const q = tablesOf(db);
  const manifests = await q
    .selectFrom('registry_manifests')
    .select(['digest', 'media_type', 'size_bytes', 'subject', 'pinned', 'pushed_at'])
    .where('repository', '=', repository)
    .execute();
  const tags = await q
    .selectFrom('registry_tags')
    .select('digest')
    .distinct()
    .where('repository', '=', repository)
    .where('published', 'in', published ? [0, 1] : [0])
    .execute();
  const children = await q
    .selectFrom('registry_parts as p')
    .innerJoin('registry_manifests as m', (join) =>
      join.onRef('m.repository', '=', 'p.repository').onRef('m.digest', '=', 'p.digest'),
    )
    .select(['p.manifest', 'p.digest'])
    .where('p.repository', '=', repository)
    .execute();

  const holds = new Map<string, string[]>();
  const add = (holder: string, digest: string) => {
    const list = holds.get(holder);
    if (list) list.push(digest);
    else holds.set(holder, [digest]);
  };
  for (const { manifest, digest } of children) add(manifest, digest);
  for (const { subject, digest } of manifests) if (subject !== null) add(subject, digest);

  const isPinned = ({ pinned }: { pinned: number }) =>
    pinned === pins.pushed || (published && pinned === pins.published);
  const reached = new Set<string>();
  const queue = [...tags, ...manifests.filter(isPinned)].map((it) => it.digest);
  for (let digest = queue.pop(); digest !== undefined; digest = queue.pop()) {
    if (reached.has(digest)) continue;
    reached.add(digest);
    queue.push(...(holds.get(digest) ?? []));
  }
  return {
    held: manifests
      .filter(({ digest }) => reached.has(digest))
      .map((row) => ({
        repository,
        descriptor: { mediaType: row.media_type, digest: row.digest as Digest, size: row.size_bytes },
      })),
    free: manifests
      .filter(({ digest }) => !reached.has(digest))
      .map((row) => ({ digest: row.digest as Digest, pushedAt: row.pushed_at })),
  };
}
