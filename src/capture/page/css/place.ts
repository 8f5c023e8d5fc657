import { type CSSToken, TokenType } from '@csstools/css-tokenizer';

/** What a URL in a style sheet stands for: another sheet, a font of an @font-face, or a picture. */
export type CssUrlKind = 'import' | 'font' | 'image';

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
export class Place {
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
