import type { TagCount } from '../api/types.ts';

/** One level of a hierarchical tag with what lies below it. */
export interface TagNode {
  readonly tag: string;
  /** The last level alone. */
  readonly name: string;
  readonly links: number;
  readonly below: readonly TagNode[];
}

interface Growing {
  tag: string;
  name: string;
  links: number | undefined;
  below: Map<string, Growing>;
}

/** Makes the tree of tags; a level that is no tag itself stands with the sum of what is below it. */
export function buildTagTree(tags: readonly TagCount[], language: string): TagNode[] {
  const top = new Map<string, Growing>();
  for (const { tag, links } of tags) {
    let level = top;
    let node: Growing | undefined;
    let path = '';
    for (const name of tag.split('/')) {
      path = path === '' ? name : `${path}/${name}`;
      node = level.get(name) ?? { tag: path, name, links: undefined, below: new Map() };
      level.set(name, node);
      level = node.below;
    }
    if (node) node.links = links;
  }
  const order = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const settle = (level: Map<string, Growing>): TagNode[] =>
    [...level.values()]
      .map((node) => {
        const below = settle(node.below);
        return {
          tag: node.tag,
          name: node.name,
          below,
          links: node.links ?? below.reduce((sum, one) => sum + one.links, 0),
        };
      })
      .sort((a, b) => order.compare(a.name, b.name));
  return settle(top);
}

/** The tree with only the branches that lead to a tag that holds `words`. */
export function pruneTagTree(nodes: readonly TagNode[], words: string): TagNode[] {
  const lower = words.trim().toLowerCase();
  if (lower === '') return [...nodes];
  return nodes.flatMap((node) => {
    if (node.tag.toLowerCase().includes(lower)) return [node];
    const below = pruneTagTree(node.below, words);
    return below.length > 0 ? [{ ...node, below }] : [];
  });
}
