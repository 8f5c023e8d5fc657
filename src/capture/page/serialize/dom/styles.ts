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
  // A popover that no script opened is hidden by the browser's own sheet.
  const place = `display:${getComputedStyle(element).display};position:fixed;inset:auto;left:${box.left}px;top:${box.top}px;width:${box.width}px;height:${box.height}px;margin:0;box-sizing:border-box;z-index:2147483647`;
  return modal && veil && veil !== 'rgba(0, 0, 0, 0)' ? `${place};box-shadow:0 0 0 200vmax ${veil}` : place;
}

/** Style that draws the bar of a checkbox that is neither on nor off: markup has no word for that. */
export function indeterminateStyle(element: Element, states: readonly string[]): string {
  if (!states.includes('indeterminate')) return '';
  const style = getComputedStyle(element);
  if (style.appearance !== 'auto') return '';
  const colour = style.accentColor === 'auto' ? 'rgb(0,117,255)' : style.accentColor;
  const drawing = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 13 13'><rect width='13' height='13' rx='2' fill='${colour}'/><rect x='3' y='5.5' width='7' height='2' fill='white'/></svg>`;
  return `appearance:none;border:0;vertical-align:-2px;width:${style.width};height:${style.height};background:url("data:image/svg+xml,${encodeURIComponent(drawing)}") center/100% 100% no-repeat`;
}
