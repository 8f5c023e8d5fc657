import type { Leaf } from './engine.ts';
import { fold, normalise } from './fold.ts';
import { normaliseMapped } from './offsets.ts';
import { isPaired, type Token, tokenise } from './tokens.ts';

/** Where a leaf stands in a text (UTF-16 offsets). `leaf` is its place in the list that was asked for. */
export interface TextHit {
  readonly start: number;
  readonly end: number;
  readonly leaf: number;
}

/** The text is looked through in pieces, so that only those that can hold a hit are cut into tokens. */
const pieceLength = 2_400;
const overlap = 600;

/** The hits of each piece of the text in turn, in order; a hit near a border may come twice. */
export function* hitsByPiece(text: string, leaves: readonly Leaf[]): Generator<readonly TextHit[]> {
  for (let start = 0; start < text.length; start += pieceLength - overlap) {
    const last = start + pieceLength >= text.length;
    const piece = text.slice(start, start + pieceLength);
    const folded = fold(normalise(piece));
    if (leaves.some((leaf) => leaf.tokens.every((token) => folded.includes(token)))) {
      const hits = hitsIn(
        piece,
        leaves,
        (hit) => (hit.start > 0 || start === 0) && (hit.end < piece.length || last),
      );
      if (hits.length > 0)
        yield hits.map((hit) => ({ ...hit, start: hit.start + start, end: hit.end + start }));
    }
    if (last) return;
  }
}

/** `whole` tells the hits that were not cut off by the piece's border. */
function hitsIn(
  piece: string,
  leaves: readonly Leaf[],
  whole: (hit: TextHit) => boolean,
): readonly TextHit[] {
  const mapped = normaliseMapped(piece);
  const tokens = [...tokenise(mapped.text)];
  const hits: TextHit[] = [];
  for (let at = 0; at < tokens.length; at++) {
    for (const [number, leaf] of leaves.entries()) {
      if (!standsAt(tokens, at, leaf)) continue;
      const last = tokens[at + leaf.tokens.length - 1]!;
      // One character is found as the first of a pair, whose second is not meant.
      const paired = leaf.open && isPaired(last.text);
      const end = paired ? last.start + leaf.tokens.at(-1)!.length : last.end;
      const hit = { start: mapped.originOf(tokens[at]!.start), end: mapped.originOf(end), leaf: number };
      if (hit.end > hit.start && whole(hit)) hits.push(hit);
    }
  }
  return hits;
}

function standsAt(tokens: readonly Token[], at: number, { tokens: wanted, open }: Leaf): boolean {
  for (let i = 0; i < wanted.length; i++) {
    const text = tokens[at + i]?.text;
    if (text === wanted[i]) continue;
    return open && i === wanted.length - 1 && text?.startsWith(wanted[i]!) === true;
  }
  return true;
}
