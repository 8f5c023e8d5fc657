import { emitRef } from './emit.ts';
import type { Work } from './types.ts';

/** The rules of a sheet as text, as the browser holds them now; undefined where it may not be read. */
export function rulesText(sheet: CSSStyleSheet | null): string | undefined {
  try {
    return sheet ? Array.from(sheet.cssRules, (rule) => rule.cssText).join('\n') : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a style element: as written, or the rules as they are now where a script changed them. */
export function styleElementText(element: HTMLStyleElement | SVGStyleElement): string {
  const written = element.textContent ?? '';
  const now = rulesText(element.sheet);
  if (now === undefined || now === '')
    return now === '' && written.trim() !== '' && !written.includes('@') ? '' : written;
  if (now.length > 400_000) return written;
  // @import is not allowed in constructed sheets, so a sheet with one cannot be compared and is taken as written.
  if (/@import/i.test(written)) return written;
  const fresh = new CSSStyleSheet();
  fresh.replaceSync(written);
  return rulesText(fresh) === now ? written : now;
}

/** Writes the constructed sheets that a document or a shadow root adopted, as style elements. */
export function emitAdoptedSheets(work: Work, root: Document | ShadowRoot): void {
  for (const sheet of root.adoptedStyleSheets) {
    const text = rulesText(sheet);
    if (!text || sheet.disabled) continue;
    const media = sheet.media.mediaText;
    work.pending += media ? `<style media="${media.replace(/["&<>]/g, '')}">` : '<style>';
    emitRef(work, ['css', text, root.baseURI]);
    work.pending += '</style>';
  }
}

/** Style that stands for what the top layer did: a modal dialog or an open popover is laid out as it was seen. */
export function topLayerStyle(element: Element, states: readonly string[]): string {
  const modal = states.includes('modal');
  if (!modal && !states.includes('popover-open')) return '';
  const box = element.getBoundingClientRect();
  const veil = getComputedStyle(element, '::backdrop').backgroundColor;
  const place = `position:fixed;inset:auto;left:${box.left}px;top:${box.top}px;width:${box.width}px;height:${box.height}px;margin:0;box-sizing:border-box;z-index:2147483647`;
  return modal && veil && veil !== 'rgba(0, 0, 0, 0)' ? `${place};box-shadow:0 0 0 200vmax ${veil}` : place;
}
