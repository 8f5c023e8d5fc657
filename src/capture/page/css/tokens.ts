import { type CSSToken, tokenizer } from '@csstools/css-tokenizer';

/** Many times what large sites have; pictures and fonts within a style sheet are one token each. */
const maxTokens = 2_000_000;

/** The tokens of CSS; undefined where there are so many that to hold them would take the server's memory. */
export function tokensOf(css: string, limit = maxTokens): readonly CSSToken[] | undefined {
  const { stackTraceLimit } = Error;
  // An error is made for each mistake, and a hostile text is nothing but mistakes.
  Error.stackTraceLimit = 0;
  try {
    const source = tokenizer({ css });
    const tokens: CSSToken[] = [];
    while (!source.endOfFile()) {
      if (tokens.length >= limit) return undefined;
      tokens.push(source.nextToken());
    }
    return tokens;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
