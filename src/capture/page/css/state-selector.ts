import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import { literalText } from './string-text.ts';

/** Where the serializer leaves the states of an element. */
const stateAttribute = 'data-holdfast-state';

/**
 * What stands for the pseudo-class whose name this token is, behind its colon, where it cannot hold in a replay: no
 * custom element is ever defined there, nothing is in the top layer, and no script sets states; the serializer leaves
 * them as an attribute. Undefined for every other token.
 */
export function stateSelector(token: CSSToken): string | undefined {
  if (token[0] !== TokenType.Ident) return undefined;
  const name = token[4].value.toLowerCase();
  if (name === 'defined') return 'is(*)';
  if (name === 'indeterminate') return `is(:indeterminate,[${stateAttribute}~="indeterminate"])`;
  return name === 'popover-open' || name === 'modal' ? `is([${stateAttribute}~="${name}"])` : undefined;
}

/** True for the token that opens `state( name )`, which takes several tokens: see `CustomState`. */
export function opensState(token: CSSToken): boolean {
  return token[0] === TokenType.Function && token[4].value.toLowerCase() === 'state';
}

/** Reads what follows the token that opens `state( name )`. */
export class CustomState {
  #name: string | undefined;

  /** The selector for the whole once it closes; true while it goes on; false for a mistake, which is left to be one. */
  read(token: CSSToken): string | boolean {
    if (token[0] === TokenType.Whitespace || token[0] === TokenType.Comment) return true;
    if (token[0] === TokenType.Ident && this.#name === undefined) {
      this.#name = token[4].value;
      return true;
    }
    if (token[0] !== TokenType.CloseParen || this.#name === undefined) return false;
    return `is([${stateAttribute}~="${literalText(this.#name)}"])`;
  }
}
