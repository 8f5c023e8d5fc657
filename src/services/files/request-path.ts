/**
 * The decoded path of a request target (RFC 9112 3.2) without its query; slashes that follow each other count as one.
 * Undefined for what may name something else than it seems to: `..`, backslashes, control characters, broken encoding.
 */
export function findRequestPath(target: string): string | undefined {
  const encoded = /^(?:https?:\/\/[^/?#]*)?(\/[^?#]*)(?:\?.*)?$/is.exec(target)?.[1];
  if (encoded === undefined) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
  return isPlainPath(path) ? path.replace(/\/{2,}/g, '/') : undefined;
}

/** True for a path that begins with a slash and whose parts are names. */
export function isPlainPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  if (!path.startsWith('/') || /[\\\u0000-\u001f\u007f]/.test(path)) return false;
  return !path.split('/').some((part) => part === '.' || part === '..');
}

/** A text from outside as it may stand in a log: shortened, control and direction characters replaced. */
export function shown(text: string, most = 300): string {
  return text.slice(0, most).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
