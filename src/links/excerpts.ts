import { excerpt, type QueryNode } from '../search/index.ts';
import type { Excerpt, Link, SnapshotTexts } from './types.ts';

const readsAtOnce = 8;

/** Excerpts of the shown snapshots of these links; one whose text cannot be read has none. */
export async function excerptsOf(
  texts: SnapshotTexts,
  links: readonly Link[],
  node: QueryNode,
): Promise<Record<string, Excerpt>> {
  const excerpts: Record<string, Excerpt> = {};
  const waiting = links.values();
  const read = async () => {
    for (const { id, snapshot } of waiting) {
      if (snapshot === null || snapshot.digest === null) continue;
      // A list must not fail because the bytes of one snapshot are damaged; "verify" tells of that.
      const text = await texts.read(snapshot).catch(() => '');
      const found = excerpt(text, node);
      if (found) excerpts[id] = found;
    }
  };
  await Promise.all(Array.from({ length: readsAtOnce }, read));
  return excerpts;
}
