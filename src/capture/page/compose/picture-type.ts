/** Signatures of picture formats (MIME Sniffing standard, 6.1), by the media type that they stand for. */
const signatures: readonly (readonly [mediaType: string, test: (bytes: Uint8Array) => boolean])[] = [
  ['image/png', (b) => startsWith(b, [0x89, 0x50, 0x4e, 0x47])],
  ['image/jpeg', (b) => startsWith(b, [0xff, 0xd8, 0xff])],
  ['image/gif', (b) => startsWith(b, [0x47, 0x49, 0x46, 0x38])],
  ['image/webp', (b) => startsWith(b, [0x52, 0x49, 0x46, 0x46]) && ascii(b, 8, 12) === 'WEBP'],
  ['image/avif', (b) => ascii(b, 4, 8) === 'ftyp' && /^avi[fs]$/.test(ascii(b, 8, 12))],
  ['image/bmp', (b) => startsWith(b, [0x42, 0x4d])],
  ['image/x-icon', (b) => startsWith(b, [0, 0, 1, 0])],
  ['image/svg+xml', isSvg],
];

/** The media type of a picture by its bytes; undefined where they are none. Browsers show pictures by their bytes, and refuse them under another type. */
export function pictureType(bytes: Uint8Array): string | undefined {
  return signatures.find(([, test]) => test(bytes))?.[0];
}

/** What may stand before the root of an SVG file: white space, comments, instructions, a doctype; each ends at its first end. */
const prologue: readonly (readonly [start: RegExp, end: string])[] = [
  [/^<!--/, '-->'],
  [/^<\?/, '?>'],
  [/^<!DOCTYPE/i, '>'],
];

/** Reads the prologue piece by piece: one pattern for all of it would try every way of cutting a row of comments. */
function isSvg(bytes: Uint8Array): boolean {
  let rest = Buffer.from(bytes.subarray(0, 4_096))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  for (;;) {
    const end = prologue.find(([start]) => start.test(rest))?.[1];
    if (end === undefined) return /^<svg[\s>]/i.test(rest);
    const at = rest.indexOf(end);
    if (at === -1) return false;
    rest = rest.slice(at + end.length).trimStart();
  }
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, end)).toString('latin1');
}
