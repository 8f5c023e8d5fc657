/**
 * The tag that an element may be written down with: its own, or one without meaning where a parser would give it an
 * effect. Scripts can make elements that no parser makes (an SVG `iframe`, an HTML `SET`), and a parser reads their
 * names by the place that they stand in.
 */
export function inertTag(element: Element): string {
  const foreign = element.namespaceURI !== 'http://www.w3.org/1999/xhtml';
  const tag = foreign ? element.localName : element.localName.toLowerCase();
  const valid = /^[a-z][\w.-]*$/i.test(tag) || (!foreign && /^[a-z][^\s/>"'<=:\0]*$/.test(tag));
  const acts =
    /^(script|iframe|frame|object|embed|applet|base|meta|link|portal|fencedframe|template|noscript|noembed|noframes|xmp|listing|plaintext|source|track|handler|listener)$/i.test(
      tag,
    ) ||
    (foreign
      ? /^(frameset|html|head|body|form)$/i.test(tag)
      : /^(style|image|use|feimage|set|discard|mpath|animate\w*)$/.test(tag));
  if (valid && !acts) return tag;
  return foreign ? 'g' : 'div';
}

/** True for an attribute that may not stay: it acts, fetches, or means nothing without the live page. */
export function isDropped(name: string, value: string, custom: boolean): boolean {
  if (
    name.startsWith('on') ||
    /^(nonce|integrity|crossorigin|ping|autofocus|srcdoc|srcset|sizes|imagesrcset|loading|fetchpriority|referrerpolicy|action|formaction|manifest|background|attributionsrc|sandbox|allow|is|http-equiv|xml:base|lowsrc|dynsrc|codebase|classid|shadowrootmode|data-holdfast-written|data-holdfast-state)$/.test(
      name,
    )
  )
    return true;
  // An animation of a reference brings a link in. A parser reads this name as attributeName, however a script wrote it.
  if (name === 'attributename' && /href|^on/i.test(value)) return true;
  // Who may have one of these writes it by itself; to a custom element they are names like any other.
  if (!custom && /^(src|data|poster)$/.test(name)) return true;
  return (
    !/^(title|alt|value|placeholder|label|content|aria-.*|data-.*)$/.test(name) &&
    /^[\0-\x20]*(j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:/i.test(value)
  );
}

/** True for an attribute whose value is read as CSS that may load something. */
export function isStyling(name: string, value: string, svg: boolean): boolean {
  if (svg && /url\(/i.test(value)) return true;
  return (
    /^(fill|stroke|filter|mask|clip-path|cursor|marker|marker-start|marker-mid|marker-end|from|to|by|values)$/.test(
      name,
    ) && /url|src\(|image-set|\\/i.test(value)
  );
}
