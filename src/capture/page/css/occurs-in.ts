import type { Breather } from './breather.ts';

const pieceChars = 1_000_000;
/** So much of a match may lie beyond the end of a piece. */
const overlapChars = 32;

/** Whether a pattern, whose matches are a few characters long, occurs in a text; a promise where that takes long. */
export function occursIn(text: string, pattern: RegExp, breather: Breather): boolean | Promise<boolean> {
  return text.length > pieceChars ? occursInLarge(text, pattern, breather) : pattern.test(text);
}

async function occursInLarge(text: string, pattern: RegExp, breather: Breather): Promise<boolean> {
  for (let at = 0; at < text.length; at += pieceChars) {
    if (breather.isDue()) await breather.breathe();
    if (pattern.test(text.slice(at, at + pieceChars + overlapChars))) return true;
  }
  return false;
}
