import type { Digest } from '../../../kernel/index.ts';

const mark = Buffer.from('sha256-');
/** How long a reference is in a document: `sha256-` and 64 hexadecimal digits. */
export const referenceLength = mark.length + 64;
const hex = /^[0-9a-f]{64}$/;

/** A reference, and whether it is the value of a double-quoted `href`, where a stylesheet may stand as text. */
export interface Reference {
  readonly digest: Digest;
  readonly inHref: boolean;
}

const hrefStart = Buffer.from(' href="');

/** Cuts a stored HTML document at its references and tells where they stand; a stylesheet has no `href`. */
export async function* splitDocument(
  chunks: AsyncIterable<Uint8Array>,
  mediaType: string,
): AsyncGenerator<Uint8Array | Reference> {
  let before: Buffer = Buffer.alloc(0);
  for await (const piece of splitAtReferences(chunks)) {
    if (typeof piece === 'string') {
      yield { digest: piece, inHref: mediaType === 'text/html' && before.equals(hrefStart) };
      before = Buffer.alloc(0);
    } else {
      before = Buffer.concat([before, piece.subarray(-hrefStart.length)]).subarray(-hrefStart.length);
      yield piece;
    }
  }
}

/**
 * Cuts a stored document or stylesheet at its references: gives literal bytes, and a digest where a reference stood.
 * Whoever writes one escapes every other occurrence of `sha256-` with 64 hexadecimal digits behind it (in HTML as
 * `sha256&#45;…`, in CSS as `sha256\2d …`), so that each occurrence is a reference and no parser is needed here.
 */
export async function* splitAtReferences(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array | Digest> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    let literalFrom = 0;
    let searchFrom = 0;
    for (;;) {
      const at = held.indexOf(mark, searchFrom);
      if (at === -1) {
        searchFrom = Math.max(literalFrom, held.length - mark.length + 1);
        break;
      }
      if (at + referenceLength > held.length) {
        searchFrom = at;
        break;
      }
      const name = held.toString('latin1', at + mark.length, at + referenceLength);
      searchFrom = at + mark.length;
      if (!hex.test(name)) continue;
      if (at > literalFrom) yield held.subarray(literalFrom, at);
      yield `sha256:${name}`;
      literalFrom = searchFrom = at + referenceLength;
    }
    if (searchFrom > literalFrom) yield held.subarray(literalFrom, searchFrom);
    held = held.subarray(searchFrom);
  }
  if (held.length > 0) yield held;
}
