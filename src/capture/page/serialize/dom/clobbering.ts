/** Stands before a name while it is out of the way. */
export function clobberPrefix(): string {
  return 'holdfast-name:';
}

/**
 * Form fields and pictures named like a property of their form or of the document hide that property ("DOM
 * clobbering"). Renames them for the time of the serialization; gives the function that undoes it.
 */
export function unclobber(): () => void {
  const undo: (() => void)[] = [];
  const found = Document.prototype.querySelectorAll.call(document, '[name],[id]');
  for (const element of Array.from(found)) {
    for (const attribute of ['name', 'id']) {
      const value = Element.prototype.getAttribute.call(element, attribute);
      if (!value || !(value in HTMLFormElement.prototype || value in Document.prototype)) continue;
      Element.prototype.setAttribute.call(element, attribute, clobberPrefix() + value);
      undo.push(() => Element.prototype.setAttribute.call(element, attribute, value));
    }
  }
  return () => {
    for (const step of undo) step();
  };
}
