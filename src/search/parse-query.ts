import { searchErrors } from './errors.ts';
import { decodePercent } from './field-texts.ts';
import { type Lexeme, lexQuery } from './query-lexer.ts';
import type { Scope } from './query-names.ts';
import { readValue } from './query-values.ts';
import { queryTokens } from './tokens.ts';
import type { FactValues, QueryNode } from './types.ts';

/** What a query may hold: characters, words, parentheses in each other. */
export const queryLimits = { characters: 4_000, terms: 250, depth: 50 };

/** An unquoted last word is taken for unfinished from this many characters on. */
const prefixCharacters = 3;

type Term = Extract<Lexeme, { type: 'term' }>;

/**
 * Reads a query. Sloppy input is words; it throws `search.badQuery` for a fact's value that means nothing (with the
 * place and what is allowed), and `search.tooLong`, `tooDeep`, `tooManyTerms` for what no person typed.
 */
export function parseQuery(text: string, values: FactValues = {}): QueryNode {
  if (text.length > queryLimits.characters)
    throw searchErrors.tooLong({ length: text.length, limit: queryLimits.characters });
  const lexemes = lexQuery(text);
  const place = (lexeme: Lexeme): number => [...text.slice(0, lexeme.at)].length + 1;
  let next = 0;
  let terms = 0;

  function parseOr(depth: number, scope: Scope | undefined): QueryNode | undefined {
    const nodes = [parseAnd(depth, scope)];
    while (lexemes[next]?.type === 'or') {
      next++;
      nodes.push(parseAnd(depth, scope));
    }
    return joined('or', nodes);
  }

  function parseAnd(depth: number, scope: Scope | undefined): QueryNode | undefined {
    const nodes: (QueryNode | undefined)[] = [];
    for (let lexeme = lexemes[next]; lexeme !== undefined; lexeme = lexemes[next]) {
      if (lexeme.type === 'or' || (lexeme.type === 'close' && depth > 0)) break;
      if (lexeme.type === 'and' || lexeme.type === 'close') next++;
      else nodes.push(parseNot(depth, scope));
    }
    return joined('and', nodes);
  }

  function parseNot(depth: number, scope: Scope | undefined): QueryNode | undefined {
    let negated = false;
    for (; lexemes[next]?.type === 'not'; next++) negated = !negated;
    const node = parseOperand(depth, scope);
    if (node === undefined || !negated) return node;
    return node.type === 'not' ? node.node : { type: 'not', node };
  }

  function parseOperand(depth: number, scope: Scope | undefined): QueryNode | undefined {
    const lexeme = lexemes[next];
    if (lexeme?.type === 'scope') {
      next++;
      const value = lexemes[next]?.type;
      return value === 'term' || value === 'open' ? parseOperand(depth, lexeme.scope) : undefined;
    }
    if (lexeme?.type === 'open') {
      if (depth >= queryLimits.depth)
        throw searchErrors.tooDeep({ limit: queryLimits.depth, position: place(lexeme) });
      next++;
      const node = parseOr(depth + 1, scope);
      if (lexemes[next]?.type === 'close') next++;
      return node;
    }
    if (lexeme?.type !== 'term') return undefined;
    next++;
    if (++terms > queryLimits.terms)
      throw searchErrors.tooManyTerms({ limit: queryLimits.terms, position: place(lexeme) });
    return scope?.type === 'fact' ? factNode(lexeme, scope) : wordsNode(lexeme, scope);
  }

  function factNode(term: Term, { name }: Extract<Scope, { type: 'fact' }>): QueryNode | undefined {
    if (term.text.trim() === '') return undefined;
    const read = readValue(name, term.text, values);
    if ('value' in read) return { type: 'fact', name, value: read.value };
    throw searchErrors.badQuery({
      value: term.text,
      fact: name,
      position: place(term),
      allowed: read.allowed,
    });
  }

  function wordsNode(
    term: Term,
    scope: Extract<Scope, { type: 'field' }> | undefined,
  ): QueryNode | undefined {
    const starred = !term.quoted && term.text.endsWith('*');
    const words = decodePercent(starred ? term.text.replace(/\*+$/, '') : term.text);
    const last = queryTokens(words, false).tokens.at(-1);
    if (last === undefined) return undefined;
    const unfinished =
      !term.quoted && !negates(next - 1) && term.end === text.length && [...last].length >= prefixCharacters;
    return {
      type: 'words',
      text: words,
      phrase: term.quoted,
      ...((starred || unfinished) && { prefix: true }),
      ...(scope && { field: scope.name }),
    };
  }

  /** A refused word must not take others with it that merely begin like it. */
  function negates(index: number): boolean {
    const before = lexemes[index - 1]?.type;
    return before === 'not' || (before === 'scope' && lexemes[index - 2]?.type === 'not');
  }

  const node = parseOr(0, undefined);
  if (node !== undefined) return node;
  const onlyOperators = lexemes.length > 0 && lexemes.every(({ type }) => /^(and|or|not)$/.test(type));
  return onlyOperators && /\w/.test(text)
    ? { type: 'words', text: text.trim(), phrase: false }
    : { type: 'all' };
}

function joined(type: 'and' | 'or', parts: readonly (QueryNode | undefined)[]): QueryNode | undefined {
  const nodes = parts
    .filter((part) => part !== undefined)
    .flatMap((part) => (part.type === type ? part.nodes : [part]));
  return nodes.length > 1 ? { type, nodes } : nodes[0];
}
