/** Components stand in components, but not as deep as this. */
const maxDepth = 50;

/**
 * Lays declarative shadow roots out as a browser shows them: the shadow tree in place of the template, the host's own
 * children where the slots are. What no slot takes is not shown, and goes.
 */
export function flattenShadowRoots(document: Document): void {
  // Level by level: a query does not look into templates, so inner ones appear once the outer ones are laid out.
  for (let depth = 0; depth < maxDepth; depth++) {
    const templates = document.querySelectorAll('template[shadowrootmode]');
    if (templates.length === 0) return;
    for (const template of templates) flatten(template);
  }
}

function flatten(template: Element): void {
  const host = template.parentElement;
  if (host === null) return;
  const light = [...host.childNodes].filter((node) => node !== template);
  for (const node of light) node.remove();
  template.replaceWith(...template.childNodes);
  for (const slot of host.querySelectorAll('slot')) {
    const name = slot.getAttribute('name') ?? '';
    const taken = light.filter((node) => slotOf(node) === name);
    for (const node of taken) light.splice(light.indexOf(node), 1);
    slot.replaceWith(...(taken.length > 0 ? taken : slot.childNodes));
  }
}

function slotOf(node: ChildNode): string {
  return node.nodeType === 1 ? ((node as Element).getAttribute('slot') ?? '') : '';
}
