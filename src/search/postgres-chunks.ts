import { phraseTokens } from './leaves.ts';

/** A row's share of a text: each of its tokens with the places where it stands, from 1. */
export type Chunk = ReadonlyMap<string, readonly number[]>;

/** What one tsvector holds: places up to 16383, 255 of them for a lexeme, and 1 MB in all. */
const limits = { tokens: 12_000, perLexeme: 255, lexemeBytes: 400_000 };

/**
 * Cuts a stream of tokens into chunks that each fit a tsvector and that overlap by a phrase's greatest length, so that
 * a phrase anywhere in the text stands whole in one of them.
 */
export function* chunksOf(tokens: Iterable<string>): Generator<Chunk> {
  let chunk = new Map<string, number[]>();
  let order: string[] = [];
  let lexemeBytes = 0;
  let fresh = 0;
  const place = (token: string): void => {
    order.push(token);
    const places = chunk.get(token);
    if (places !== undefined) places.push(order.length);
    else {
      chunk.set(token, [order.length]);
      lexemeBytes += Buffer.byteLength(token);
    }
  };
  for (const token of tokens) {
    const full =
      order.length >= limits.tokens ||
      lexemeBytes >= limits.lexemeBytes ||
      (chunk.get(token)?.length ?? 0) >= limits.perLexeme;
    if (full && fresh > 0) {
      yield chunk;
      const kept = order.slice(1 - phraseTokens);
      chunk = new Map();
      order = [];
      lexemeBytes = 0;
      fresh = 0;
      for (const again of kept) place(again);
    }
    place(token);
    fresh++;
  }
  if (fresh > 0) yield chunk;
}

/** The text form of a tsvector, for a cast. Tokens hold neither quotes nor backslashes. */
export function vectorText(chunk: Chunk): string {
  const parts: string[] = [];
  for (const [token, places] of chunk) parts.push(`'${token}':${places.join(',')}`);
  return parts.join(' ');
}
