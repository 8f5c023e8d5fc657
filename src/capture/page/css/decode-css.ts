import type { HeaderLine } from '../../snapshot/format.ts';
import { charsetOf } from '../record/response-kind.ts';

/** Decodes a style sheet's bytes (CSS Syntax level 3, 3.2): BOM, Content-Type, `@charset`, the document's encoding, UTF-8. */
export function decodeCss(
  bytes: Uint8Array,
  headers: readonly HeaderLine[],
  documentCharset: string,
): string {
  const label = bomOf(bytes) ?? charsetOf(headers) ?? atCharset(bytes) ?? documentCharset;
  return decoderFor(label).decode(bytes);
}

function bomOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return undefined;
}

function atCharset(bytes: Uint8Array): string | undefined {
  const label = /^@charset "([^"]{1,40})";/.exec(Buffer.from(bytes.subarray(0, 128)).toString('latin1'))?.[1];
  // The rule was readable as ASCII, so the sheet cannot be in UTF-16.
  return label && /^utf-16/i.test(label) ? 'utf-8' : label;
}

function decoderFor(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder('utf-8');
  }
}
