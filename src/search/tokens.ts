import { fold, normalise } from './fold.ts';

/** A token, and where it stands in the normalised text it was made from (UTF-16 offsets). */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a run of words asks for: tokens side by side; `open` where the last may be the beginning of an indexed token. */
export interface TokenPhrase {
  readonly tokens: readonly string[];
  readonly open: boolean;
}

/** Scripts that are written without spaces, or whose words carry particles: cut into overlapping pairs. */
const paired =
  '[[\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}\\p{scx=Bopo}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}]&&[\\p{L}\\p{M}\\p{N}]]';
const piece = new RegExp(
  `(?<pairs>${paired}+)|(?<sign>\\p{RI}{2}|\\p{Extended_Pictographic})|[[\\p{L}\\p{M}\\p{N}]--${paired}]+`,
  'gv',
);

/** Longer words (base64, digests strung together) are cut into tokens of this many characters. */
const longestToken = 64;

/** The tokens of a normalised text, in order. A document and a query are cut by this one function. */
export function* tokenise(normalised: string): Generator<Token> {
  for (const match of normalised.matchAll(piece)) {
    const [run] = match;
    if (match.groups!.pairs !== undefined) yield* pairs(run, match.index);
    else if (match.groups!.sign !== undefined)
      yield { text: run, start: match.index, end: match.index + run.length };
    else yield* words(run, match.index);
  }
}

function* pairs(run: string, start: number): Generator<Token> {
  let from = 0;
  while (from < run.length) {
    const middle = from + widthAt(run, from);
    // The last character stands alone, so that each single character is the beginning of some token.
    const to = middle < run.length ? middle + widthAt(run, middle) : middle;
    yield { text: run.slice(from, to), start: start + from, end: start + to };
    from = middle;
  }
}

function* words(run: string, start: number): Generator<Token> {
  const end = start + run.length;
  const folded = fold(run);
  // "v4.5.9" must be found by "4.5.9".
  if (/^v\d+$/.test(folded)) {
    yield { text: 'v', start, end: start + 1 };
    yield { text: folded.slice(1), start: start + 1, end };
  } else if (folded.length <= longestToken) {
    if (folded !== '') yield { text: folded, start, end };
  } else {
    const characters = [...folded];
    for (let at = 0; at < characters.length; at += longestToken)
      yield { text: characters.slice(at, at + longestToken).join(''), start, end };
  }
}

const widthAt = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);

/** The tokens of a document's field, as texts. */
export function* documentTokens(text: string): Generator<string> {
  for (const token of tokenise(normalise(text))) yield token.text;
}

/** The tokens that a query's words ask for; `prefix` where the person may not have finished the last word. */
export function queryTokens(text: string, prefix: boolean): TokenPhrase {
  const tokens = [...tokenise(normalise(text))];
  const last = tokens.at(-1);
  if (last === undefined) return { tokens: [], open: false };
  const texts = tokens.map((token) => token.text);
  if (!isPaired(last.text)) return { tokens: texts, open: prefix };
  const before = tokens.at(-2);
  // In a document the run may go on, and then its last character does not stand alone.
  if (before !== undefined && before.end === last.end && before.start < last.start)
    return { tokens: texts.slice(0, -1), open: false };
  return { tokens: texts, open: true };
}

const startsPaired = new RegExp(`^${paired}`, 'v');

/** True for a token that was cut from a script without spaces. */
export const isPaired = (token: string): boolean => startsPaired.test(token);
