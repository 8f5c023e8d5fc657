/** The text that a person sees, block by block, shadow trees included. */
export function visibleText(maxLength: number): string {
  const pieces: string[] = [];
  let length = 0;
  const take = (element: Element | null) => {
    const text = element instanceof HTMLElement ? element.innerText : (element?.textContent ?? '');
    pieces.push(text);
    length += text.length;
  };
  take(document.body ?? document.documentElement);
  const walk = (root: Document | ShadowRoot) => {
    for (const host of Array.from(root.querySelectorAll('*'))) {
      if (length > maxLength) return;
      const shadow = host.shadowRoot;
      if (!shadow) continue;
      for (const child of Array.from(shadow.children))
        if (!/^(STYLE|SCRIPT|LINK)$/.test(child.tagName)) take(child);
      walk(shadow);
    }
  };
  walk(document);
  for (const field of Array.from(document.querySelectorAll('textarea'))) pieces.push(field.value);
  return pieces.join('\n').slice(0, maxLength);
}
