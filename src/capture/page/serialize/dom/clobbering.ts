import type { InPageGlobals } from './types.ts';

/** Stands before a name while it is out of the way. */
export function clobberPrefix(): string {
  return 'holdfast-name:';
}

/**
 * Form fields and pictures named like a property of their form or of the document hide that property ("DOM
 * clobbering"). Renames them, in shadow trees as well, for as long as `work` runs.
 */
export function withoutClobbering<R>(work: () => R): R {
  const renamed: [element: Element, attribute: string, value: string][] = [];
  const clear = (root: Document | ShadowRoot) => {
    const owner = root === document ? Document : DocumentFragment;
    for (const element of Array.from(owner.prototype.querySelectorAll.call(root, '*'))) {
      for (const attribute of ['name', 'id']) {
        const value = Element.prototype.getAttribute.call(element, attribute);
        if (!value || !(value in HTMLFormElement.prototype || value in Document.prototype)) continue;
        Element.prototype.setAttribute.call(element, attribute, clobberPrefix() + value);
        renamed.push([element, attribute, value]);
      }
      const shadow = element.shadowRoot ?? (globalThis as InPageGlobals).holdfastRoots?.get(element);
      // A name may hide this property too; what hides it is no root.
      if (shadow instanceof ShadowRoot) clear(shadow);
    }
  };
  clear(document);
  try {
    return work();
  } finally {
    for (const [element, attribute, value] of renamed)
      Element.prototype.setAttribute.call(element, attribute, value);
  }
}
