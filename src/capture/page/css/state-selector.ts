import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import { literalText } from './string-text.ts';

/** Where the serializer leaves the states of an element. */
const stateAttribute = 'data-holdfast-state';

/** What takes the place of so many tokens. */
export interface StateSelector {
  readonly text: string;
  readonly tokens: number;
}

/**
 * What stands for the pseudo-class whose name is the token `at`, behind its colon, where it cannot hold in a replay: no
 * custom element is ever defined there, nothing is in the top layer, and no script sets states; the serializer leaves
 * them as an attribute. Undefined for every other token.
 */
export function stateSelector(tokens: readonly CSSToken[], at: number): StateSelector | undefined {
  const token = tokens[at]!;
  if (token[0] === TokenType.Function && token[4].value.toLowerCase() === 'state')
    return customState(tokens, at);
  if (token[0] !== TokenType.Ident) return undefined;
  const name = token[4].value.toLowerCase();
  if (name === 'defined') return { text: 'is(*)', tokens: 1 };
  if (name === 'indeterminate')
    return { text: `is(:indeterminate,[${stateAttribute}~="indeterminate"])`, tokens: 1 };
  return name === 'popover-open' || name === 'modal'
    ? { text: `is([${stateAttribute}~="${name}"])`, tokens: 1 }
    : undefined;
}

/** `:state( name )` as a whole; anything else between the parentheses is left to be the mistake that it is. */
function customState(tokens: readonly CSSToken[], start: number): StateSelector | undefined {
  let name: string | undefined;
  for (let at = start + 1; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token[0] === TokenType.Whitespace || token[0] === TokenType.Comment) continue;
    if (token[0] === TokenType.Ident && name === undefined) name = token[4].value;
    else if (token[0] === TokenType.CloseParen && name !== undefined)
      return { text: `is([${stateAttribute}~="${literalText(name)}"])`, tokens: at - start + 1 };
    else return undefined;
  }
  return undefined;
}
