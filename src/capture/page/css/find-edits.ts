import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import type { Breather } from './breather.ts';
import { type CssUrlKind, Place } from './place.ts';
import { CustomState, opensState, stateSelector } from './state-selector.ts';
import { literalText, stringText } from './string-text.ts';
import { readTokens } from './tokens.ts';

/** What is to stand instead of the text from `start` to before `end`. */
export interface CssEdit {
  readonly start: number;
  readonly end: number;
  readonly put: string | CssUrl;
}

/** A URL, absolute, that somebody has to resolve. */
export interface CssUrl {
  readonly url: string;
  readonly kind: CssUrlKind;
  /** Writes an address, or the lack of one, the way that the URL was written. */
  readonly wrap: (address: string | undefined) => string;
}

/** Finds what has to change in a style sheet, in order; undefined where the text is too large to be read. */
export async function findEdits(
  css: string,
  base: string,
  breather: Breather,
): Promise<readonly CssEdit[] | undefined> {
  const place = new Place();
  const edits: CssEdit[] = [];
  let open: { state: CustomState; start: number; edits: number } | undefined;
  const take = (token: CSSToken, start: number) => {
    const end = start + token[1].length;
    place.enter(token);
    if (open) {
      const selector = open.state.read(token);
      if (typeof selector === 'string') {
        edits.length = open.edits;
        edits.push({ start: open.start, end, put: selector });
      }
      if (selector !== true) open = undefined;
    }
    if (place.afterColon && opensState(token))
      open = { state: new CustomState(), start, edits: edits.length };
    const url = place.urlOf(token);
    const put =
      url !== undefined
        ? replacement(token, url, place.kind, base)
        : ((place.afterColon ? stateSelector(token) : undefined) ??
          (place.bringsUrl(token) ? 'none(' : undefined));
    if (put !== undefined) edits.push({ start, end, put });
    place.leave(token);
  };
  return (await readTokens(css, take, breather)) ? edits : undefined;
}

/** Stands where something was not kept: valid, and asks for nothing. */
const nothing = 'data:,';

const inUrl = (value: string) => `url("${value}")`;
const inString = (value: string) => `"${value}"`;
const wrapUrl = (address: string | undefined) => inUrl(stringText(address ?? nothing));
const wrapString = (address: string | undefined) => inString(stringText(address ?? nothing));

function replacement(token: CSSToken, url: string, kind: CssUrlKind, base: string): string | CssUrl {
  const isUrl = token[0] === TokenType.URL;
  const trimmed = url.trim();
  if (trimmed.startsWith('#') || /^data:/i.test(trimmed))
    return (isUrl ? inUrl : inString)(literalText(trimmed));
  const wrap = isUrl ? wrapUrl : wrapString;
  const absolute = trimmed === '' ? undefined : URL.parse(trimmed, base)?.href;
  return absolute === undefined ? wrap(undefined) : { url: absolute, kind, wrap };
}
