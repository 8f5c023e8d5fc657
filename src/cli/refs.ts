import { isDigest } from '../kernel/index.ts';
import type { Snapshot } from '../links/index.ts';
import { cliErrors } from './errors.ts';
import type { Workspace } from './program.ts';

/** What a person named: a link, or one of its snapshots. */
export type Named =
  | { readonly type: 'link'; readonly id: string }
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot };

/** Finds what an id, the beginning of one, or a digest names. Throws `cli.noMatch` or `cli.ambiguous`. */
export async function resolveRef({ links, idsLike }: Workspace, ref: string): Promise<Named> {
  if (isDigest(ref)) return { type: 'snapshot', snapshot: await links.getSnapshot(ref) };
  const matches = await idsLike(ref.trim().toLowerCase());
  const [match, ...others] = matches;
  if (match === undefined) throw cliErrors.noMatch({ ref });
  if (others.length > 0) throw cliErrors.ambiguous({ ref, matches: matches.map((it) => it.id).join(', ') });
  if (match.type === 'link') return { type: 'link', id: match.id };
  return { type: 'snapshot', snapshot: await links.getSnapshot(match.id) };
}

/** The ids of the links that refs name, each once, in order; a snapshot stands for its link. */
export async function resolveLinks(
  workspace: Workspace,
  refs: readonly string[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const ref of refs) {
    const named = await resolveRef(workspace, ref);
    ids.push(named.type === 'link' ? named.id : named.snapshot.linkId);
  }
  return [...new Set(ids)];
}

/** The snapshot that a ref names; a link stands for the snapshot that is shown of it. Throws `links.noSnapshot`. */
export async function resolveSnapshot(workspace: Workspace, ref: string): Promise<Snapshot> {
  const named = await resolveRef(workspace, ref);
  return named.type === 'snapshot' ? named.snapshot : workspace.links.getSnapshot(named.id);
}
