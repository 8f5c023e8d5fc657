/**
 * Lays declarative shadow roots out as a browser shows them: the shadow tree in place of the template, the host's own
 * children where the slots are. What no slot takes is not shown, and goes.
 */
export function flattenShadowRoots(document: Document): void {
  // From the inside out, so that a host in a shadow tree is flat when its tree is moved.
  for (const template of [...document.querySelectorAll('template[shadowrootmode]')].reverse()) {
    const host = template.parentElement;
    if (host === null) continue;
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
}

function slotOf(node: ChildNode): string {
  return node.nodeType === 1 ? ((node as Element).getAttribute('slot') ?? '') : '';
}
