import { type CSSToken, TokenType, tokenize } from '@csstools/css-tokenizer';
import { escapeReferences } from '../compose/references.ts';

/** What a URL in a style sheet stands for: another sheet, a font of an @font-face, or a picture. */
export type CssUrlKind = 'import' | 'font' | 'image';

/** Gives what is to stand in the place of a URL; undefined where nothing is to be loaded. */
export type ResolveCssUrl = (url: string, kind: CssUrlKind) => string | undefined;

/** Where the serializer leaves the states of an element. */
const stateAttribute = 'data-holdfast-state';

/** Stands where something was not kept: valid, and asks for nothing. */
const nothing = 'data:,';

/**
 * Rewrites every URL of a style sheet or of a list of declarations (CSS Syntax level 3 tokens: `url()`, `src()`,
 * strings of `@import` and of `image-set()`), and leaves all other text as it is. Relative URLs are resolved against
 * `base`; fragments of the own document and `data:` stay. Pseudo-classes for states become attribute selectors.
 */
export function rewriteCss(text: string, base: string, resolve: ResolveCssUrl): string {
  const plain = escapeReferences(text, 'css');
  if (!/url|@import|image-set|src\(|:(defined|state|indeterminate|popover-open|modal)|\\/i.test(plain))
    return plain;
  const tokens = tokenize({ css: plain });
  const place = new Place();
  let out = '';
  for (const token of tokens) {
    place.enter(token);
    const url = place.urlOf(token);
    if (url !== undefined) out += replacement(token, url, place.kind, base, resolve);
    else out += stateSelector(token, place) ?? token[1];
    place.leave(token);
  }
  return out;
}

/**
 * What stands for a pseudo-class that cannot hold in a replay: no custom element is ever defined there, nothing is in
 * the top layer, and no script sets states; the serializer leaves them as an attribute.
 */
function stateSelector(token: CSSToken, place: Place): string | undefined {
  if (place.inState) {
    if (token[0] === TokenType.CloseParen) return '"])';
    return token[0] === TokenType.Ident ? token[4].value.replace(/["\\\n]/g, '') : undefined;
  }
  if (!place.afterColon) return undefined;
  if (token[0] === TokenType.Function && token[4].value.toLowerCase() === 'state')
    return `is([${stateAttribute}~="`;
  if (token[0] !== TokenType.Ident) return undefined;
  const name = token[4].value.toLowerCase();
  if (name === 'defined') return 'is(*)';
  if (name === 'indeterminate') return `is(:indeterminate,[${stateAttribute}~="indeterminate"])`;
  return name === 'popover-open' || name === 'modal' ? `is([${stateAttribute}~="${name}"])` : undefined;
}

function replacement(
  token: CSSToken,
  url: string,
  kind: CssUrlKind,
  base: string,
  resolve: ResolveCssUrl,
): string {
  const wrap = (value: string) => {
    const quoted = `"${value.replace(/["\\\n]/g, (c) => (c === '\n' ? '\\a ' : `\\${c}`))}"`;
    return token[0] === TokenType.URL ? `url(${quoted})` : quoted;
  };
  const trimmed = url.trim();
  if (trimmed.startsWith('#') || /^data:/i.test(trimmed)) return wrap(trimmed);
  if (trimmed === '') return wrap(nothing);
  let absolute: string;
  try {
    absolute = new URL(trimmed, base).href;
  } catch {
    return wrap(nothing);
  }
  return wrap(resolve(absolute, kind) ?? nothing);
}

/** Follows where in the sheet a token stands, as far as it decides about URLs. */
class Place {
  kind: CssUrlKind = 'image';
  afterColon = false;
  #rule = '';
  #functions: string[] = [];
  /** The at-rule of each open block. */
  #blocks: string[] = [];

  enter(token: CSSToken): void {
    if (token[0] === TokenType.AtKeyword) this.#rule = token[4].value.toLowerCase();
    this.kind = this.#rule === 'import' ? 'import' : this.#blocks.includes('font-face') ? 'font' : 'image';
  }

  /** True inside `:state(…)`. */
  get inState(): boolean {
    return this.#functions.at(-1) === ':state';
  }

  urlOf(token: CSSToken): string | undefined {
    if (this.#rule === 'namespace') return undefined;
    if (token[0] === TokenType.URL) return token[4].value;
    if (token[0] !== TokenType.String) return undefined;
    const inside = this.#functions.at(-1);
    if (inside !== undefined && /^(url|src|image-set|-webkit-image-set)$/.test(inside)) return token[4].value;
    return this.#rule === 'import' && inside === undefined ? token[4].value : undefined;
  }

  leave(token: CSSToken): void {
    switch (token[0]) {
      case TokenType.Function:
        this.#functions.push(
          (this.afterColon && /^state$/i.test(token[4].value) ? ':' : '') + token[4].value.toLowerCase(),
        );
        break;
      case TokenType.OpenParen:
        this.#functions.push('(');
        break;
      case TokenType.CloseParen:
        this.#functions.pop();
        break;
      case TokenType.OpenCurly:
        this.#blocks.push(this.#rule);
        this.#rule = '';
        this.#functions = [];
        break;
      case TokenType.CloseCurly:
        this.#blocks.pop();
        this.#rule = '';
        this.#functions = [];
        break;
      case TokenType.Semicolon:
        this.#rule = '';
        this.#functions = [];
        break;
    }
    this.afterColon = token[0] === TokenType.Colon;
  }
}
