import { emitAttributes } from './attributes.ts';
import { withoutClobbering } from './clobbering.ts';
import { enterElement, enterText, pushInside } from './elements.ts';
import { emit, emitRef } from './emit.ts';
import { spriteOf } from './sprites.ts';
import { emitAdoptedSheets } from './styles.ts';
import type { SerializedDocument, SerializeOptions, Work } from './types.ts';
import { visibleText } from './visible-text.ts';

/** Serializes the document that it runs in, as it is now, into static HTML with references. */
export function serializeDocument(options: SerializeOptions): SerializedDocument {
  return withoutClobbering(() => writeDocument(options));
}

/** Serializes while no name in the page hides a property. */
export function writeDocument(options: SerializeOptions): SerializedDocument {
  for (const animation of document.getAnimations()) {
    try {
      // What a script animated has its end state nowhere else; CSS animations run again in the replay.
      if (animation.constructor === Animation) animation.commitStyles();
    } catch {}
  }
  const work: Work = {
    options,
    parts: [],
    pending: '',
    stack: [],
    icons: [],
    previews: [],
    jsonLd: [],
    cuts: [],
    sprites: new WeakMap(),
    nodes: 0,
    length: 0,
    truncated: false,
  };
  emit(work, doctypeText());
  const root = document.documentElement;
  if (root instanceof HTMLHtmlElement) emitHtmlRoot(work, root);
  else emitBareRoot(work, root);
  drainStack(work);
  work.parts.push(work.pending);
  return {
    parts: work.parts,
    url: document.URL,
    title: document.title.slice(0, 10_000),
    language: (root?.getAttribute('lang') ?? '').slice(0, 100),
    charset: document.characterSet,
    text: visibleText(options.maxLength),
    icons: work.icons,
    previews: work.previews,
    jsonLd: work.jsonLd,
    cuts: work.cuts,
    nodes: work.nodes,
    truncated: work.truncated,
  };
}

/** The doctype as it was, since it decides between quirks and standards mode. */
export function doctypeText(): string {
  const doctype = document.doctype;
  if (!doctype) return document.compatMode === 'BackCompat' ? '' : '<!DOCTYPE html>';
  const quote = (id: string) => `"${id.replace(/["<>]/g, '')}"`;
  const name = doctype.name.replace(/[^\w-]/g, '') || 'html';
  if (doctype.publicId) {
    return `<!DOCTYPE ${name} PUBLIC ${quote(doctype.publicId)}${doctype.systemId ? ` ${quote(doctype.systemId)}` : ''}>`;
  }
  return doctype.systemId ? `<!DOCTYPE ${name} SYSTEM ${quote(doctype.systemId)}>` : `<!DOCTYPE ${name}>`;
}

/** Writes `<html>` so that the declaration of the encoding comes first in the head. */
export function emitHtmlRoot(work: Work, root: HTMLElement): void {
  emit(work, '<html');
  emitAttributes(work, root, []);
  emit(work, '>');
  const head = document.head;
  emit(work, '<head');
  if (head) emitAttributes(work, head, []);
  emit(work, '><meta charset="utf-8">');
  work.stack.push('</html>');
  for (let child = root.lastChild; child && child !== head; child = child.previousSibling)
    work.stack.push(child);
  const rest = work.stack.splice(0);
  if (head) pushInside(work, head, '</head>');
  else emit(work, '</head>');
  drainStack(work);
  work.stack.push(...rest);
}

/** Writes a document whose root is not `<html>` (SVG, XML) as the body of one. */
export function emitBareRoot(work: Work, root: Element | null): void {
  // A picture that an element shows fills that element, whatever size it gives itself.
  const fitted = /^(object|embed)$/.test(window.frameElement?.localName ?? '');
  const fit = fitted ? 'svg{display:block;width:100%;height:100%}' : '';
  emit(
    work,
    `<html><head><meta charset="utf-8"><style>html,body{margin:0;height:100%}${fit}</style></head><body>`,
  );
  work.stack.push('</body></html>');
  if (root) work.stack.push(root);
}

/** Writes everything that is on the stack. */
export function drainStack(work: Work): void {
  while (work.stack.length > 0) {
    const item = work.stack.pop()!;
    if (typeof item === 'string') {
      // Constructed sheets come last in the cascade, so they stand behind everything of the body.
      if (item === '</body>') emitAdoptedSheets(work, document);
      emit(work, item);
    } else if (Array.isArray(item)) emitRef(work, item as never);
    else if (work.nodes >= work.options.maxNodes || work.length >= work.options.maxLength)
      work.truncated = true;
    else {
      work.nodes++;
      if ((item as Node).nodeType === 1) enterElement(work, item as Element);
      else if ((item as Node).nodeType === 3 || (item as Node).nodeType === 4) enterText(work, item as Text);
    }
  }
}

/** The external SVG files that uses in this document, shadow trees included, refer to. */
export function findSprites(): string[] {
  const found = new Set<string>();
  const walk = (root: Document | ShadowRoot) => {
    for (const element of Array.from(root.querySelectorAll('*'))) {
      if (element.localName === 'use') {
        const sprite = spriteOf(element);
        if (sprite) found.add(sprite.url);
      }
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  withoutClobbering(() => walk(document));
  return [...found];
}
