import type { Link, Links, Snapshot } from '../../links/index.ts';

/** What a person wants to carry. Links that several of these name are carried once. */
export interface Selection {
  /** Links that carry one of these tags, or one below it. */
  readonly tags?: readonly string[];
  /** Links by their ids. */
  readonly links?: readonly string[];
  readonly all?: boolean;
  /** Every snapshot that kept bytes, not only the one that each link shows. */
  readonly history?: boolean;
}

/** A link with the snapshots of it that are carried, newest first. */
export interface SelectedLink {
  readonly link: Link;
  readonly snapshots: readonly Snapshot[];
}

const pageSize = 200;

/** Finds the links of a selection, in the order in which they were added; those without a snapshot that kept bytes are left out. */
export async function selectLinks(links: Links, selection: Selection): Promise<readonly SelectedLink[]> {
  const found = new Map<string, Link>();
  const queries = selection.all ? [''] : (selection.tags ?? []).map((tag) => `tag:${quoted(tag)}`);
  for (const q of queries) for await (const link of linksOf(links, q)) found.set(link.id, link);
  for (const id of selection.links ?? []) found.set(id, await links.get(id));
  const selected: SelectedLink[] = [];
  for (const link of [...found.values()].sort((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1))) {
    const all = selection.history ? await links.snapshots(link.id) : link.snapshot ? [link.snapshot] : [];
    const snapshots = all.filter(({ digest }) => digest !== null);
    if (snapshots.length > 0) selected.push({ link, snapshots });
  }
  return selected;
}

async function* linksOf(links: Links, q: string): AsyncGenerator<Link> {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await links.query({ q, sort: 'added', limit: pageSize, ...(cursor && { cursor }) });
    yield* page.links;
    cursor = page.nextCursor;
  }
}

/** As the query language takes a text whole. */
function quoted(tag: string): string {
  return tag.includes('"') ? `「${tag}」` : `"${tag}"`;
}
