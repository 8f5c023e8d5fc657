import type { HeaderLine } from '../../snapshot/format.ts';

/** The media type of a response in lower case without parameters; `application/octet-stream` where it says none. */
export function mediaTypeOf(headers: readonly HeaderLine[]): string {
  const value = headers.findLast(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const type = value.split(';')[0]!.trim().toLowerCase();
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
}

/** The charset parameter of a response's Content-Type, if it names one. */
export function charsetOf(headers: readonly HeaderLine[]): string | undefined {
  const value = headers.findLast(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(value)?.[1];
}

/** True for a response whose body never ends by itself. */
export function isEndless(headers: readonly HeaderLine[]): boolean {
  const type = mediaTypeOf(headers);
  return type === 'text/event-stream' || type === 'multipart/x-mixed-replace';
}

/** True for a main document that is kept as a file: what a browser would save, and films and sound, which it would only play. */
export function isDownload(headers: readonly HeaderLine[]): boolean {
  const disposition = headers.find(([name]) => name.toLowerCase() === 'content-disposition')?.[1] ?? '';
  if (/^\s*attachment\b/i.test(disposition)) return true;
  const declared = headers.some(([name]) => name.toLowerCase() === 'content-type');
  if (!declared) return false;
  const type = mediaTypeOf(headers);
  return !(
    type.startsWith('text/') ||
    type.startsWith('image/') ||
    /[/+](xml|json|javascript|xhtml)$/.test(type) ||
    type === 'application/xhtml+xml' ||
    type === 'application/x-javascript' ||
    type === 'application/json' ||
    type === 'multipart/x-mixed-replace'
  );
}
