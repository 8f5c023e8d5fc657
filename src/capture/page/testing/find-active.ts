/** Runs in a replayed frame: what stands there, shadow trees included, that could act or ask for something. */
export function findActive(): string[] {
  const found: string[] = [];
  const tell = (element: Element, what: string) => {
    const own = Node.prototype.cloneNode.call(element, false) as Element;
    found.push(`${what}: ${new XMLSerializer().serializeToString(own).slice(0, 300)}`);
  };
  const kept = /^(sha256-[0-9a-f]{64}|data:|#|$)/;
  // Names in the page may hide methods of its document and its forms.
  const all = (root: Document | ShadowRoot) =>
    Array.from((root === document ? Document : DocumentFragment).prototype.querySelectorAll.call(root, '*'));
  const read = <K extends 'localName' | 'attributes' | 'shadowRoot'>(element: Element, name: K): Element[K] =>
    Object.getOwnPropertyDescriptor(Element.prototype, name)!.get!.call(element);
  const walk = (root: Document | ShadowRoot) => {
    for (const element of all(root)) {
      const name = read(element, 'localName').toLowerCase();
      if (/^(script|applet|embed|base|portal|fencedframe|handler|listener|track)$/.test(name))
        tell(element, name);
      if (name === 'meta' && Element.prototype.hasAttribute.call(element, 'http-equiv'))
        tell(element, 'meta http-equiv');
      if (
        name === 'link' &&
        !/^(stylesheet|canonical|alternate)$/.test(Element.prototype.getAttribute.call(element, 'rel') ?? '')
      )
        tell(element, 'link');
      if (/^(animate|set)/.test(name) && /href|^on/i.test(element.getAttribute('attributeName') ?? ''))
        tell(element, 'animation');
      for (const attribute of Array.from(read(element, 'attributes'))) {
        const attributeName = attribute.name.toLowerCase();
        const value = attribute.value.replace(/[\0-\x20]+/g, '').toLowerCase();
        if (/^on/.test(attributeName)) tell(element, attributeName);
        if (/^(srcdoc|action|formaction|ping|manifest|background)$/.test(attributeName))
          tell(element, attributeName);
        if (/^(href|xlink:href|src|data|poster|to|from|by|values|content)$/.test(attributeName)) {
          if (/^(javascript|vbscript):/.test(value)) tell(element, attribute.value);
        }
        const loads =
          /^(src|poster|data)$/.test(attributeName) ||
          (name === 'link' &&
            attribute.value !== '' &&
            attributeName === 'href' &&
            Element.prototype.getAttribute.call(element, 'rel') === 'stylesheet') ||
          (/^(image|feimage|use|script)$/.test(name) && /href$/.test(attributeName));
        if (loads && !name.includes('-') && !kept.test(attribute.value)) tell(element, 'loads');
      }
      const shadow = read(element, 'shadowRoot');
      if (shadow) walk(shadow);
    }
  };
  walk(document);
  return found;
}
