import type { Ref, Work } from './types.ts';

/** Adds literal HTML to the output. */
export function emit(work: Work, html: string): void {
  work.pending += html;
  work.length += html.length;
}

/** Adds a reference that is resolved outside the page. */
export function emitRef(work: Work, ref: Ref): void {
  work.parts.push(work.pending, ref);
  work.pending = '';
  if (ref[0] === 'css' || ref[0] === 'decl') work.length += ref[1].length;
}

/** Escapes text between tags (HTML, "escaping a string"). */
export function escapeText(text: string): string {
  return text.replace(/[&<>\u00a0]/g, (c) =>
    c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&nbsp;',
  );
}

/** Escapes an attribute's value for double quotes. */
export function escapeAttribute(text: string): string {
  return text.replace(/[&"<>\u00a0]/g, (c) =>
    c === '&' ? '&amp;' : c === '"' ? '&quot;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&nbsp;',
  );
}

/** Writes ` name="value"`. */
export function emitAttribute(work: Work, name: string, value: string): void {
  emit(work, ` ${name}="${escapeAttribute(value)}"`);
}

/** Writes ` name="…"` with a reference as its value, and what follows the reference inside it. */
export function emitRefAttribute(work: Work, name: string, ref: Ref, after = ''): void {
  emit(work, ` ${name}="`);
  emitRef(work, ref);
  emit(work, `${after}"`);
}

/** The absolute form of a reference in `node`'s document; the empty string where it is none. */
export function absoluteUrl(node: Node, value: string): string {
  try {
    return new URL(value.trim(), node.baseURI).href;
  } catch {
    return '';
  }
}
