import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import { escapeReferences } from '../compose/references.ts';
import { stateSelector } from './state-selector.ts';
import { literalText, stringText } from './string-text.ts';
import { tokensOf } from './tokens.ts';

/** What a URL in a style sheet stands for: another sheet, a font of an @font-face, or a picture. */
export type CssUrlKind = 'import' | 'font' | 'image';

/** Gives what is to stand in the place of a URL; undefined where nothing is to be loaded. */
export type ResolveCssUrl = (url: string, kind: CssUrlKind) => string | undefined;

/** Stands where something was not kept: valid, and asks for nothing. */
const nothing = 'data:,';

/**
 * Rewrites every URL of a style sheet or of a list of declarations (CSS Syntax level 3 tokens: `url()`, `src()`,
 * strings of `@import` and of `image-set()`), and leaves all other text as it is. Relative URLs are resolved against
 * `base`; fragments of the own document and `data:` stay. Pseudo-classes for states become attribute selectors. Of a text
 * too large to be read, nothing stays.
 */
export function rewriteCss(text: string, base: string, resolve: ResolveCssUrl): string {
  const plain = escapeReferences(text, 'css');
  if (!/url|@import|image-set|src\(|:(\/\*|defined|state|indeterminate|popover-open|modal)|\\/i.test(plain))
    return plain;
  const tokens = tokensOf(plain);
  if (tokens === undefined) return '';
  const place = new Place();
  let out = '';
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    place.enter(token);
    const url = place.urlOf(token);
    const state = place.afterColon ? stateSelector(tokens, at) : undefined;
    if (url !== undefined) out += replacement(token, url, place.kind, base, resolve);
    else out += state ? state.text : place.bringsUrl(token) ? 'none(' : token[1];
    place.leave(token);
    if (!state || state.tokens === 1) continue;
    at += state.tokens - 1;
    place.leave(tokens[at]!);
  }
  return out;
}

function replacement(
  token: CSSToken,
  url: string,
  kind: CssUrlKind,
  base: string,
  resolve: ResolveCssUrl,
): string {
  const wrap = (value: string) => (token[0] === TokenType.URL ? `url("${value}")` : `"${value}"`);
  const trimmed = url.trim();
  if (trimmed.startsWith('#') || /^data:/i.test(trimmed)) return wrap(literalText(trimmed));
  if (trimmed === '') return wrap(nothing);
  let absolute: string;
  try {
    absolute = new URL(trimmed, base).href;
  } catch {
    return wrap(nothing);
  }
  const found = resolve(absolute, kind);
  return wrap(found === undefined ? nothing : (stringText(found) ?? nothing));
}

/** Kept as names. No others: a fallback may hold the word @namespace too, and an address behind it is then loaded. */
const namespaces: ReadonlySet<string> = new Set([
  'http://www.w3.org/1999/xhtml',
  'http://www.w3.org/2000/svg',
  'http://www.w3.org/1998/Math/MathML',
  'http://www.w3.org/1999/xlink',
  'http://www.w3.org/XML/1998/namespace',
]);

/** Functions whose strings are URLs (CSS Images level 4, 2.4; CSS Values level 4, 4.5). */
const takesUrls = /^(url|src|image-set|-webkit-image-set)$/;
/** What an `image-set()` may hold besides; anything else could bring a string in from elsewhere: var(), if(), --own(). */
const plainImages = /^(url|src|type|calc|element|paint|(-webkit-)?(image-set|cross-fade)|[a-z-]*gradient)$/;

/** Follows where in the sheet a token stands, as far as it decides about URLs. */
class Place {
  kind: CssUrlKind = 'image';
  afterColon = false;
  #rule = '';
  #functions: string[] = [];
  /** The at-rule of each open block, and how many of them are @font-face: counted, since they may nest without end. */
  #blocks: string[] = [];
  #fontFaces = 0;

  enter(token: CSSToken): void {
    if (token[0] === TokenType.AtKeyword) this.#rule = token[4].value.toLowerCase();
    this.kind = this.#rule === 'import' ? 'import' : this.#fontFaces > 0 ? 'font' : 'image';
  }

  urlOf(token: CSSToken): string | undefined {
    if (token[0] !== TokenType.URL && token[0] !== TokenType.String) return undefined;
    if (this.#rule === 'namespace' && namespaces.has(token[4].value)) return undefined;
    if (token[0] === TokenType.URL) return token[4].value;
    const inside = this.#functions.at(-1);
    if (inside !== undefined && takesUrls.test(inside)) return token[4].value;
    return this.#rule === 'import' && inside === undefined ? token[4].value : undefined;
  }

  /** True for a function that could put a URL, as it was written, where one is taken. */
  bringsUrl(token: CSSToken): boolean {
    const inside = this.#functions.at(-1);
    if (token[0] !== TokenType.Function || inside === undefined || !takesUrls.test(inside)) return false;
    return !plainImages.test(token[4].value.toLowerCase());
  }

  leave(token: CSSToken): void {
    switch (token[0]) {
      case TokenType.Function:
        this.#functions.push(token[4].value.toLowerCase());
        break;
      case TokenType.OpenParen:
        this.#functions.push('(');
        break;
      case TokenType.CloseParen:
        this.#functions.pop();
        break;
      case TokenType.OpenCurly:
        this.#blocks.push(this.#rule);
        if (this.#rule === 'font-face') this.#fontFaces++;
        this.#rule = '';
        this.#functions = [];
        break;
      case TokenType.CloseCurly:
        if (this.#blocks.pop() === 'font-face') this.#fontFaces--;
        this.#rule = '';
        this.#functions = [];
        break;
      case TokenType.Semicolon:
        this.#rule = '';
        this.#functions = [];
        break;
    }
    if (token[0] !== TokenType.Comment) this.afterColon = token[0] === TokenType.Colon;
  }
}
