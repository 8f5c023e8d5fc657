import { emitAttributes } from './attributes.ts';
import { absoluteUrl, emit, emitAttribute, emitRef, emitRefAttribute, escapeText } from './emit.ts';
import { emitField } from './forms.ts';
import { inertTag } from './inert.ts';
import { emitCanvas, emitImage, emitMedia } from './pictures.ts';
import { emitSprite } from './sprites.ts';
import { emitAdoptedSheets, rulesText, styleElementText } from './styles.ts';
import type { InPageGlobals, Work } from './types.ts';

/** Writes an element's start tag and puts what is inside it, and its end tag, on the stack. */
export function enterElement(work: Work, element: Element): void {
  if (element.namespaceURI === 'http://www.w3.org/1999/xhtml') enterHtmlElement(work, element as HTMLElement);
  else enterForeignElement(work, element);
}

/** Writes SVG, MathML and what else is not HTML. */
export function enterForeignElement(work: Work, element: Element): void {
  const name = element.localName.toLowerCase();
  if (name === 'script' || name === 'handler' || name === 'listener') return;
  // An animation of a reference would bring a link in past the rules for attributes.
  if (/^(animate|set)/.test(name) && /href|^on/i.test(element.getAttribute('attributeName') ?? '')) return;
  const tag = inertTag(element);
  const target = name === 'use' ? emitSprite(work, element) : undefined;
  emit(work, `<${tag}`);
  emitAttributes(work, element, target === undefined ? [] : ['href', 'xlink:href']);
  if (target !== undefined) emitAttribute(work, 'href', target);
  emit(work, '>');
  if (name === 'style') {
    emitRef(work, ['css', styleElementText(element as SVGStyleElement), element.baseURI]);
    emit(work, `</${tag}>`);
    return;
  }
  pushInside(work, element, `</${tag}>`);
}

/** Writes an HTML element by the rules of its kind. */
export function enterHtmlElement(work: Work, element: HTMLElement): void {
  const name = element.localName;
  switch (name) {
    case 'script':
    case 'noscript':
    case 'template':
    case 'noembed':
    case 'noframes':
    case 'portal':
    case 'fencedframe':
      if (name === 'script') keepJsonLd(work, element as HTMLScriptElement);
      // An empty template keeps the place, on which selectors such as :nth-child may rest.
      if (element.parentElement?.localName !== 'head') emit(work, '<template></template>');
      return;
    case 'base':
    case 'track':
      return;
    case 'meta':
      return emitMeta(work, element as HTMLMetaElement);
    case 'link':
      return emitLinkElement(work, element as HTMLLinkElement);
    case 'style': {
      const style = element as HTMLStyleElement;
      if (style.sheet?.disabled) return;
      emit(work, '<style');
      emitAttributes(work, style, ['type', 'title']);
      emit(work, '>');
      emitRef(work, ['css', styleElementText(style), style.baseURI]);
      return emit(work, '</style>');
    }
    case 'img':
      return emitImage(work, element as HTMLImageElement);
    case 'canvas':
      return emitCanvas(work, element as HTMLCanvasElement);
    case 'video':
    case 'audio':
      return emitMedia(work, element as HTMLMediaElement);
    case 'source':
      if (element.parentElement?.localName === 'picture') emit(work, '<template></template>');
      return;
    case 'iframe':
    case 'frame':
      return emitFrame(work, element, name);
    case 'object':
    case 'embed':
      return emitPlugin(work, element as HTMLObjectElement | HTMLEmbedElement);
    case 'input':
    case 'textarea':
    case 'option':
      return emitField(work, element as HTMLInputElement | HTMLTextAreaElement | HTMLOptionElement);
    case 'xmp':
    case 'plaintext':
    case 'listing':
      return emitOpen(work, element, 'pre');
    default:
      return emitOpen(work, element, inertTag(element));
  }
}

/** Writes an ordinary start tag and puts the rest on the stack. */
export function emitOpen(work: Work, element: Element, tag: string): void {
  emit(work, `<${tag}`);
  emitAttributes(work, element, []);
  emit(work, '>');
  if (/^(area|br|col|embed|hr|input|wbr|param|keygen|bgsound)$/.test(tag)) return;
  // The parser drops one line feed right after these start tags.
  if (
    /^(pre|textarea)$/.test(tag) &&
    element.firstChild?.nodeType === 3 &&
    element.textContent?.startsWith('\n')
  ) {
    emit(work, '\n');
  }
  pushInside(work, element, `</${tag}>`);
}

/** Puts an element's shadow root, its children and its end tag on the stack. */
export function pushInside(work: Work, element: Element, end: string): void {
  work.stack.push(end);
  for (let child = element.lastChild; child; child = child.previousSibling) work.stack.push(child);
  const root = element.shadowRoot ?? (globalThis as InPageGlobals).holdfastRoots?.get(element);
  if (!root) return;
  emit(work, `<template shadowrootmode="open"${root.delegatesFocus ? ' shadowrootdelegatesfocus' : ''}>`);
  emitAdoptedSheets(work, root);
  work.stack.push('</template>');
  for (let child = root.lastChild; child; child = child.previousSibling) work.stack.push(child);
}

/** Keeps what a page says of itself in JSON-LD, for whoever reads its author and date. */
export function keepJsonLd(work: Work, script: HTMLScriptElement): void {
  if (script.type.trim().toLowerCase() !== 'application/ld+json' || work.jsonLd.length >= 20) return;
  work.jsonLd.push((script.textContent ?? '').slice(0, 200_000));
}

/** Keeps what describes the page, and nothing that acts (refresh, policies, cookies). */
export function emitMeta(work: Work, meta: HTMLMetaElement): void {
  const key = meta.name || meta.getAttribute('property') || meta.getAttribute('itemprop') || '';
  if (meta.httpEquiv || meta.hasAttribute('charset') || !key) return;
  if (/^(og:image|og:image:secure_url|twitter:image)$/i.test(key))
    work.previews.push(absoluteUrl(meta, meta.content));
  emit(work, '<meta');
  emitAttributes(work, meta, []);
  emit(work, '>');
}

/** Keeps style sheets and icons as references, canonical and alternate links as text. */
export function emitLinkElement(work: Work, link: HTMLLinkElement): void {
  const rel = link.rel.toLowerCase().split(/\s+/);
  if (rel.includes('stylesheet')) {
    if (!link.href || link.disabled || link.sheet?.disabled || rel.includes('alternate')) return;
    const written = link.hasAttribute('data-holdfast-written') ? rulesText(link.sheet) : undefined;
    if (written !== undefined) {
      emit(work, '<style');
      if (link.media) emitAttribute(work, 'media', link.media);
      emit(work, '>');
      emitRef(work, ['css', written, link.href]);
      return emit(work, '</style>');
    }
    emit(work, '<link rel="stylesheet"');
    if (link.media) emitAttribute(work, 'media', link.media);
    emitRefAttribute(work, 'href', ['sheet', link.href]);
    return emit(work, '>');
  }
  if (!link.href) return;
  if (rel.includes('icon') || rel.includes('apple-touch-icon')) {
    work.icons.push(link.href);
    return;
  }
  const kept = rel.includes('canonical') ? 'canonical' : 'alternate';
  if (!rel.includes(kept) || !/^https?:/i.test(link.href)) return;
  if (kept === 'alternate' && !link.hreflang && !link.type) return;
  // Its other words (preload, preconnect) would reach out.
  emit(work, `<link rel="${kept}"`);
  emitAttribute(work, 'href', link.href);
  for (const name of ['hreflang', 'type', 'title']) {
    const value = link.getAttribute(name);
    if (value) emitAttribute(work, name, value);
  }
  emit(work, '>');
}

/** Writes a frame; its document is taken from the frame that the capture marked the element with. */
export function emitFrame(work: Work, element: Element, tag: string): void {
  const keys = (globalThis as InPageGlobals).holdfastFrames;
  const key = keys?.get(element);
  // Under another tag name the style sheets no longer say how large it is.
  const box = element.localName === tag ? undefined : getComputedStyle(element);
  emit(work, `<${tag}`);
  emitAttributes(
    work,
    element,
    ['src', 'name', 'data', 'type', 'classid'],
    box ? `display:${box.display};width:${box.width};height:${box.height};border:${box.border || 0}` : '',
  );
  if (key) emitRefAttribute(work, 'src', ['frame', key]);
  // No right is given to a frame either: its document is as static as the page.
  if (tag === 'iframe') emit(work, ' sandbox=""');
  emit(work, tag === 'iframe' ? '></iframe>' : '>');
}

/** Writes `<object>` and `<embed>` as the picture or the frame that they showed, else what stands inside. */
export function emitPlugin(work: Work, element: HTMLObjectElement | HTMLEmbedElement): void {
  const keys = (globalThis as InPageGlobals).holdfastFrames;
  if (keys?.has(element)) return emitFrame(work, element, 'iframe');
  const source = element.getAttribute(element.localName === 'object' ? 'data' : 'src');
  const url = source ? absoluteUrl(element, source) : '';
  const type = (element.getAttribute('type') ?? '').toLowerCase();
  if (url && (type.startsWith('image/') || /\.(svg|png|jpe?g|gif|webp|avif)([?#]|$)/i.test(url))) {
    emit(work, '<img');
    emitAttributes(work, element, ['data', 'src', 'type']);
    emitRefAttribute(work, 'src', ['img', url]);
    return emit(work, '>');
  }
  emit(work, '<object');
  emitAttributes(work, element, ['data', 'src', 'type', 'classid', 'codebase']);
  emit(work, '>');
  pushInside(work, element, '</object>');
}

/** Writes a text node. */
export function enterText(work: Work, node: Text): void {
  emit(work, escapeText(node.data));
}
