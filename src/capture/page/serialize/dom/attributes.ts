import { clobberPrefix } from './clobbering.ts';
import { absoluteUrl, emitAttribute, emitRefAttribute } from './emit.ts';
import { isDropped, isStyling } from './inert.ts';
import { statesOf } from './states.ts';
import { indeterminateStyle, topLayerStyle } from './styles.ts';
import type { Work } from './types.ts';

/** Writes an element's attributes but for those in `own`, which the caller writes itself. */
export function emitAttributes(work: Work, element: Element, own: readonly string[], extraStyle = ''): void {
  const svg = element.namespaceURI === 'http://www.w3.org/2000/svg';
  const custom = element.localName.includes('-');
  const states = statesOf(element);
  const top = topLayerStyle(element, states) || indeterminateStyle(element, states);
  if (states.length > 0) emitAttribute(work, 'data-holdfast-state', states.join(' '));
  let style = extraStyle && top ? `${top};${extraStyle}` : top || extraStyle;
  for (const attribute of Array.from(element.attributes)) {
    const name = attribute.name;
    const lower = name.toLowerCase();
    // A name with one of these could not be written down again as a name.
    if (/[\s"'<>/=]/.test(name) || own.includes(lower)) continue;
    if (isDropped(lower, attribute.value, custom)) continue;
    const named = (lower === 'name' || lower === 'id') && attribute.value.startsWith(clobberPrefix());
    const value = named ? attribute.value.slice(clobberPrefix().length) : attribute.value;
    if (lower === 'style') {
      style = style ? `${value};${style}` : value;
    } else if (lower === 'href' || lower === 'xlink:href') {
      emitLink(work, element, name, value);
    } else if (isStyling(lower, value, svg)) {
      emitRefAttribute(work, name, ['decl', value, element.baseURI]);
    } else if (/^(src|data|poster|cite)$/.test(lower)) {
      emitAttribute(work, name, absoluteUrl(element, value));
    } else {
      emitAttribute(work, name, value);
    }
  }
  const background = element.getAttribute('background');
  if (background && !svg)
    style = `background-image:url(${JSON.stringify(absoluteUrl(element, background))});${style}`;
  if (style) emitRefAttribute(work, 'style', ['decl', style, element.baseURI]);
}

/** Writes a link's target: in-page ones as they are, others absolute where a person follows them, acting ones not at all. */
export function emitLink(work: Work, element: Element, name: string, value: string): void {
  const kind = element.localName.toLowerCase();
  const local = localFragment(element, value);
  if (local !== undefined) emitAttribute(work, name, local);
  else if (kind === 'image' || kind === 'feimage') {
    emitRefAttribute(work, name, ['img', absoluteUrl(element, value)]);
  } else if (/^(a|area)$|-/.test(kind) || element.namespaceURI === 'http://www.w3.org/1998/Math/MathML') {
    const url = absoluteUrl(element, value);
    if (/^(https?|mailto|tel|ftp|magnet|sms|geo|xmpp|irc):/i.test(url)) emitAttribute(work, name, url);
  }
}

/** `#fragment` where the value leads to a place in the same document, else undefined. */
export function localFragment(node: Node, value: string): string | undefined {
  const trimmed = value.trim();
  if (trimmed.startsWith('#')) return trimmed;
  const url = absoluteUrl(node, trimmed);
  const hash = url.indexOf('#');
  if (hash === -1) return undefined;
  return url.slice(0, hash) === (node.ownerDocument?.URL ?? '').split('#')[0] ? url.slice(hash) : undefined;
}
