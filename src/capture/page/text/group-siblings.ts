/** How many siblings stand together at most. */
const most = 100;
/** Elements that cleaning never leaves in place: one that begins a block of its own, one that stands in a line. */
const blockGroup = 'address';
const inlineGroup = 'x-run';

/** The names of the groups, for rules that look through them. */
export const groupNames: readonly string[] = [blockGroup, inlineGroup];

const blocks =
  /^(?:p|div|section|article|header|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|h[1-6]|pre|blockquote|figure|details|hr)$/;

/**
 * Puts long rows of siblings into groups, and groups into groups. Turndown copies all that a parent has given so far
 * with every child; with groups a page of 40,000 rows takes a second where it took minutes.
 */
export function groupSiblings(root: Element): void {
  const document = root.ownerDocument;
  const open: Element[] = [root];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    let children = [...parent.childNodes];
    open.push(...children.filter((node): node is ChildNode & Element => node.nodeType === 1));
    if (children.length <= most) continue;
    const name = children.some((node) => blocks.test((node as Element).localName ?? ''))
      ? blockGroup
      : inlineGroup;
    while (children.length > most) {
      const groups: Element[] = [];
      for (let at = 0; at < children.length; at += most) {
        const group = document.createElement(name);
        group.append(...children.slice(at, at + most));
        groups.push(group);
      }
      children = groups;
    }
    parent.append(...children);
  }
}

/** An element's children, groups looked through. */
export function childrenOf(parent: Element): Element[] {
  return [...parent.children].flatMap((child) =>
    groupNames.includes(child.localName) ? childrenOf(child) : [child],
  );
}

/** The parent that an element had before it was grouped. */
export function parentOf(element: Element): Element | null {
  const parent = element.parentElement;
  return parent !== null && groupNames.includes(parent.localName) ? parentOf(parent) : parent;
}
