import { type CSSToken, tokenizer } from '@csstools/css-tokenizer';
import { type Breather, createBreather } from './breather.ts';
import { longToken } from './long-token.ts';

/** Many times what large sites have; pictures and fonts within a style sheet are one token each. */
const maxTokens = 8_000_000;

/** Between two looks at the clock. */
const strideChars = 2_048;

/** Is given a token, whose text as it was written is `token[1]`, and where it begins in the whole text. */
export type TakeToken = (token: CSSToken, start: number) => void;

/**
 * Reads CSS and gives its tokens one after the other; they lie side by side, and none is held, since millions of them
 * would stop the server for each collection of garbage. False where there are too many: then only the first were given.
 */
export async function readTokens(
  css: string,
  take: TakeToken,
  breather: Breather = createBreather(),
  limit = maxTokens,
): Promise<boolean> {
  let source = tokenizer({ css });
  let count = 0;
  for (let at = 0; at < css.length; ) {
    const { stackTraceLimit } = Error;
    // An error is made for each mistake, and a hostile text is nothing but mistakes. The limit is everybody's, so it
    // may not outlast this turn.
    Error.stackTraceLimit = 0;
    try {
      for (const stop = at + strideChars; at < stop && at < css.length; ) {
        if (++count > limit) return false;
        const long = longToken(css, at);
        const token = long ?? source.nextToken();
        take(token, at);
        at += token[1].length;
        if (long) source = tokenizer({ css: css.slice(at) });
      }
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    if (at < css.length && breather.isDue()) await breather.breathe();
  }
  return true;
}
