import { localFragment } from './attributes.ts';
import { enterForeignElement } from './elements.ts';
import { absoluteUrl, emit, escapeText } from './emit.ts';
import type { Work } from './types.ts';

/** The external file and the id that a `<use>` refers to; undefined for a use inside the document. */
export function spriteOf(use: Element): { url: string; id: string } | undefined {
  const value = use.getAttribute('href') ?? use.getAttribute('xlink:href') ?? '';
  if (localFragment(use, value) !== undefined) return undefined;
  const url = absoluteUrl(use, value);
  const hash = url.indexOf('#');
  if (hash === -1) return undefined;
  const id = url.slice(hash + 1);
  try {
    return { url: url.slice(0, hash), id: decodeURIComponent(id) };
  } catch {
    return { url: url.slice(0, hash), id };
  }
}

/**
 * Puts the element that a `<use>` takes from another file, and all that this element refers to, into the document
 * beside it, and gives the reference that the use is to have: always one inside the document.
 */
export function emitSprite(work: Work, use: Element): string {
  const value = use.getAttribute('href') ?? use.getAttribute('xlink:href') ?? '';
  const sprite = spriteOf(use);
  const wanted = sprite ? sprite.id : (localFragment(use, value) ?? '#').slice(1);
  const text = sprite && work.options.sprites[sprite.url];
  if (text) {
    const root = use.getRootNode();
    const there = work.sprites.get(root) ?? new Set<string>();
    work.sprites.set(root, there);
    const file = new DOMParser().parseFromString(text, 'image/svg+xml');
    const queue = [wanted];
    emit(work, '<defs>');
    while (queue.length > 0 && there.size < 2_000) {
      const id = queue.pop()!;
      const element = file.getElementById(id);
      if (!element || there.has(id)) continue;
      there.add(id);
      const markup = element.outerHTML;
      for (const [, inner] of markup.matchAll(/(?:url\(\s*["']?|href=["'])#([^"')\s]+)/g)) queue.push(inner!);
      emitInert(work, element);
    }
    emit(work, '</defs>');
  }
  return `#${wanted}`;
}

/** Writes one element of a sprite file at once, by the same rules as the page's own. */
export function emitInert(work: Work, element: Element): void {
  const outer = work.stack.splice(0);
  work.stack.push(element);
  while (work.stack.length > 0) {
    const item = work.stack.pop()!;
    if (typeof item === 'string') emit(work, item);
    else if (item instanceof Element) enterForeignElement(work, item);
    else if (item instanceof Text) emit(work, escapeText(item.data));
  }
  work.stack.push(...outer);
}
