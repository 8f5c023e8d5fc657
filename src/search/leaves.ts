import type { Leaf } from './engine.ts';
import { queryTokens } from './tokens.ts';
import type { WordsNode } from './types.ts';

/** A longer phrase is asked for in pieces of this many tokens: Postgres keeps long texts in rows that overlap by as many. */
export const phraseTokens = 64;

/** What a words node asks the index for; all of them must be there. Empty where the text holds nothing to be found. */
export function leavesOf(node: WordsNode): readonly Leaf[] {
  const { tokens, open } = queryTokens(node.text, node.prefix === true);
  const leaves: Leaf[] = [];
  // Pieces overlap by half, so that they hold together as one phrase.
  for (let at = 0; at < tokens.length; at += phraseTokens / 2) {
    const last = at + phraseTokens >= tokens.length;
    leaves.push({
      tokens: tokens.slice(at, at + phraseTokens),
      open: last && open,
      field: node.field,
    });
    if (last) break;
  }
  return leaves;
}
