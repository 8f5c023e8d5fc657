import { type CSSToken, TokenType } from '@csstools/css-tokenizer';

/** From so many characters on a token is long: fonts and pictures as `data:`, licences and source maps as comments. */
const longChars = 4_096;

/** Without these a string or a URL means what is written (CSS Syntax level 3, 4.3.5 and 4.3.6). */
const notPlainInString = /[\\\n\r\f\0\ud800-\udfff]/;
const notPlainInUrl = /[^!#-&*-[\]-~\u00a0-\ud7ff\ue000-\uffff]/;

/**
 * The token that begins at `at`, where it is a long string, URL or comment without escapes; undefined otherwise. The
 * tokenizer goes through them one character at a time, and nothing else has its turn until the token ends.
 */
export function longToken(css: string, at: number): CSSToken | undefined {
  switch (css[at]) {
    case '"':
    case "'":
      return longString(css, at);
    case 'u':
    case 'U':
      return longUrl(css, at);
    case '/':
      return longComment(css, at);
  }
  return undefined;
}

function longString(css: string, at: number): CSSToken | undefined {
  const end = css.indexOf(css[at]!, at + 1);
  if (end - at < longChars) return undefined;
  const value = css.slice(at + 1, end);
  if (notPlainInString.test(value)) return undefined;
  return [TokenType.String, css.slice(at, end + 1), at, end, { value }];
}

function longUrl(css: string, at: number): CSSToken | undefined {
  // Before a quote stands a function instead: it ends at once, and a search for its end could be made once for each.
  if (css.slice(at, at + 9).toLowerCase() !== 'url(data:') return undefined;
  const end = css.indexOf(')', at + 4);
  if (end - at < longChars) return undefined;
  const value = css.slice(at + 4, end);
  if (notPlainInUrl.test(value)) return undefined;
  return [TokenType.URL, css.slice(at, end + 1), at, end, { value }];
}

function longComment(css: string, at: number): CSSToken | undefined {
  if (css[at + 1] !== '*') return undefined;
  const end = css.indexOf('*/', at + 2) + 1;
  return end - at < longChars ? undefined : [TokenType.Comment, css.slice(at, end + 1), at, end, undefined];
}
