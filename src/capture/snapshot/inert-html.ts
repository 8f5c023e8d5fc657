/** A document that a browser would read as something other than UTF-8, or that would take too long to look through. */
export type Unfit = 'unfit';

/** Words in `rel` that make a browser resolve or connect by themselves; no policy stops the first two. */
const hints = ['preconnect', 'dns-prefetch', 'prefetch', 'prerender', 'preload'];
/** What `meta` may say in place of a header; all else (`refresh` above all) would act, and no policy stops it. */
const quietHeaders = new Set([
  'content-type',
  'content-language',
  'content-security-policy',
  'default-style',
  'x-ua-compatible',
]);
const tag = /<(link|iframe|meta)(?=[\t\n\f\r />])/gi;
/** Bytes looked at for each byte of the document, at most: an attacker may begin a tag at every sixth. */
const workFactor = 32;

const [quote, apostrophe, slash, equals, greater] = [0x22, 0x27, 0x2f, 0x3d, 0x3e];
const isSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x09 || byte === 0x0d || byte === 0x0c;

/**
 * Takes from a document of HTML what would make a browser leave its page without a request that a policy can stop:
 * links that preconnect or resolve a name, `meta` that goes elsewhere, and `srcdoc`, whose document would be read a second time. Every place that
 * could begin such a tag is read as a browser reads it there (HTML standard, 13.2.5.32 and on), whatever stands around
 * it, so a tag hidden in a comment or an attribute is found too. Lengths stay; `unfit` where this can not be promised.
 */
export function withoutHints(document: Uint8Array): Uint8Array | Unfit {
  const text = Buffer.from(document.buffer, document.byteOffset, document.byteLength);
  // A mark of UTF-16 wins over the charset that we send.
  if ((text[0] === 0xfe && text[1] === 0xff) || (text[0] === 0xff && text[1] === 0xfe)) return 'unfit';
  const readable = text.toString('latin1');
  let changed: Buffer | undefined;
  let work = 0;
  for (const match of readable.matchAll(tag)) {
    const isHarm = harms[match[1]!.toLowerCase() as keyof typeof harms];
    const end = eachAttribute(text, match.index + match[0].length, (start, nameEnd, valueStart, valueEnd) => {
      const name = readable.slice(start, nameEnd).toLowerCase();
      if (!isHarm(name, readable.slice(valueStart, valueEnd))) return;
      changed ??= Buffer.from(text);
      changed[start] = 0x78;
    });
    work += end - match.index;
    if (work > workFactor * text.length) return 'unfit';
  }
  return changed ?? document;
}

/** Whether an attribute is one that a tag loses. */
const harms = {
  link: (name: string, value: string) => name === 'rel' && isHint(value),
  iframe: (name: string, _value: string) => name === 'srcdoc',
  meta: (name: string, value: string) =>
    name === 'http-equiv' && !quietHeaders.has(value.trim().toLowerCase()),
};

function isHint(value: string): boolean {
  // Character references and NUL could spell anything.
  return /[&\0]/.test(value) || hints.some((hint) => value.toLowerCase().includes(hint));
}

/** Reads the attributes of the tag whose name ends at `from`; gives the place after the tag. */
function eachAttribute(
  text: Uint8Array,
  from: number,
  found: (start: number, nameEnd: number, valueStart: number, valueEnd: number) => void,
): number {
  let at = from;
  while (at < text.length) {
    while (isSpace(text[at]) || text[at] === slash) at++;
    if (at >= text.length || text[at] === greater) return at + 1;
    const start = at;
    // An equals sign in the first place belongs to the name.
    if (text[at] === equals) at++;
    while (
      at < text.length &&
      !isSpace(text[at]) &&
      text[at] !== slash &&
      text[at] !== greater &&
      text[at] !== equals
    )
      at++;
    const nameEnd = at;
    while (isSpace(text[at])) at++;
    if (text[at] !== equals) {
      found(start, nameEnd, nameEnd, nameEnd);
      continue;
    }
    at++;
    while (isSpace(text[at])) at++;
    const mark = text[at];
    if (mark === quote || mark === apostrophe) {
      const close = text.indexOf(mark, at + 1);
      const valueEnd = close === -1 ? text.length : close;
      found(start, nameEnd, at + 1, valueEnd);
      at = valueEnd + 1;
    } else {
      const valueStart = at;
      while (at < text.length && !isSpace(text[at]) && text[at] !== greater) at++;
      found(start, nameEnd, valueStart, at);
    }
  }
  return at;
}
