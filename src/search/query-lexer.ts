import { findScope, type Scope } from './query-names.ts';

/** A piece of a query; `at` and `end` are UTF-16 offsets. */
export type Lexeme =
  | { readonly type: 'open' | 'close' | 'and' | 'or' | 'not'; readonly at: number }
  | { readonly type: 'scope'; readonly scope: Scope; readonly name: string; readonly at: number }
  | {
      readonly type: 'term';
      readonly text: string;
      readonly quoted: boolean;
      readonly at: number;
      readonly end: number;
    };

const doubleQuotes = '"＂“”„‟«»';
const cornerQuotes: Readonly<Record<string, string>> = { '「': '」', '『': '』' };
const keywords: Readonly<Record<string, 'and' | 'or' | 'not'>> = { AND: 'and', OR: 'or', NOT: 'not' };

/** Separators outside quotes: white space and the punctuation that Chinese and Japanese set between words. */
const gap = /[\s，。、；！？…《》〈〉【】」』]/u;
const wordEnd = /[\s，。、；！？…《》〈〉【】」』「『()（）"＂“”„‟«»]/u;
const minus = /[-－−]/u;

/** Cuts a query into lexemes. Whatever makes no sense (an unclosed quote, a minus alone) is left out or a word. */
export function lexQuery(text: string): readonly Lexeme[] {
  const lexemes: Lexeme[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    const scoped = lexemes.at(-1)?.type === 'scope';
    const quote = closingQuote(text, at);
    if (quote !== undefined) {
      lexemes.push({ type: 'term', text: text.slice(at + 1, quote), quoted: true, at, end: quote + 1 });
      at = quote + 1;
    } else if (char === '(' || char === '（') lexemes.push({ type: 'open', at: at++ });
    else if (char === ')' || char === '）') lexemes.push({ type: 'close', at: at++ });
    else if (wordEnd.test(char)) at++;
    else if (!scoped && isNegation(text, at)) lexemes.push({ type: 'not', at: at++ });
    else at = lexWord(text, at, scoped, lexemes);
  }
  return lexemes;
}

function closingQuote(text: string, at: number): number | undefined {
  const closers = doubleQuotes.includes(text[at]!) ? doubleQuotes : cornerQuotes[text[at]!];
  if (closers === undefined) return undefined;
  for (let end = at + 1; end < text.length; end++) if (closers.includes(text[end]!)) return end;
  return undefined;
}

function isNegation(text: string, at: number): boolean {
  const next = text[at + 1];
  const starts = at === 0 || wordEnd.test(text[at - 1]!);
  // "--wait" is a word of a command line, not a refusal.
  return minus.test(text[at]!) && starts && next !== undefined && !gap.test(next) && !minus.test(next);
}

function lexWord(text: string, at: number, scoped: boolean, lexemes: Lexeme[]): number {
  let end = at;
  while (end < text.length && !wordEnd.test(text[end]!)) {
    if (!scoped && (text[end] === ':' || text[end] === '：')) {
      const name = text.slice(at, end);
      const scope = findScope(name);
      if (scope !== undefined && hasValue(text, end + 1)) {
        lexemes.push({ type: 'scope', scope, name, at });
        return end + 1;
      }
      // Someone is still typing the value.
      if (scope !== undefined && end + 1 === text.length) return text.length;
    }
    end++;
  }
  const word = text.slice(at, end);
  const keyword = scoped || !Object.hasOwn(keywords, word) ? undefined : keywords[word];
  lexemes.push(keyword ? { type: keyword, at } : { type: 'term', text: word, quoted: false, at, end });
  return end;
}

function hasValue(text: string, at: number): boolean {
  return at < text.length && !gap.test(text[at]!) && text[at] !== ')' && text[at] !== '）';
}
