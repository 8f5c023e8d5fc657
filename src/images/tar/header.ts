import { blockBytes, checksumOf, field } from './block.ts';

/** One header block, its fields read and nothing yet judged. */
export interface RawHeader {
  readonly name: string;
  readonly linkName: string;
  /** The type flag, one character. */
  readonly flag: string;
  readonly sizeBytes: number;
  readonly mode: number;
}

const text = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads a header of the ustar, pax, GNU or v7 kind; a string is what is wrong with it. */
export function readHeader(block: Uint8Array): RawHeader | string {
  if (block.length !== blockBytes) return 'a header is cut short';
  const checksum = numberIn(block, field.checksum);
  if (checksum === undefined || checksum !== checksumOf(block)) return 'the checksum of a header is wrong';
  const magic = textIn(block, [257, 263], false);
  if (magic !== 'ustar\0' && magic !== 'ustar ' && !/^\0*$/.test(magic))
    return 'a header is of no known kind';
  const sizeBytes = numberIn(block, field.size);
  if (sizeBytes === undefined) return 'the size of an entry is no number';
  const mode = numberIn(block, field.mode);
  if (mode === undefined) return 'the mode of an entry is no number';
  // GNU keeps times where ustar has the prefix.
  const prefix = magic === 'ustar\0' ? textIn(block, field.prefix) : '';
  const name = textIn(block, field.name);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    linkName: textIn(block, field.link),
    flag: String.fromCharCode(block[field.type[0]]!),
    sizeBytes,
    mode: mode & 0o7777,
  };
}

function textIn(block: Uint8Array, [start, end]: readonly [number, number], cut = true): string {
  const bytes = block.subarray(start, end);
  const stop = cut ? bytes.indexOf(0) : -1;
  return text.decode(stop < 0 ? bytes : bytes.subarray(0, stop));
}

/** Octal digits between spaces and NULs, or GNU's base 256; undefined for everything else, negative and inexact numbers too. */
function numberIn(block: Uint8Array, [start, end]: readonly [number, number]): number | undefined {
  if (block[start]! & 0x80) {
    let value = block[start]! & 0x7f;
    for (let at = start + 1; at < end; at++) {
      value = value * 256 + block[at]!;
      if (!Number.isSafeInteger(value)) return undefined;
    }
    return value;
  }
  const match = /^[ \0]*([0-7]*)[ \0]*$/.exec(textIn(block, [start, end], false));
  return match ? Number.parseInt(match[1] || '0', 8) : undefined;
}
