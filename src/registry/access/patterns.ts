import { registryErrors } from '../errors.ts';
import { isRepositoryName } from '../names.ts';
import type { Action, Right } from '../types.ts';

/** The same pattern (a repository, `name/*` for all below it, or `*`); throws `registry.badPattern`. */
export function parsePattern(pattern: string): string {
  const name = pattern.endsWith('/*') ? pattern.slice(0, -2) : pattern;
  if (pattern === '*' || isRepositoryName(name)) return pattern;
  throw registryErrors.badPattern({ pattern: pattern.slice(0, 260) });
}

function matches(pattern: string, repository: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('/*') ? repository.startsWith(pattern.slice(0, -1)) : pattern === repository;
}

/** True where one of the rights allows the action; whoever may push may pull as well, since a push asks what is there. */
export function allows(rights: readonly Right[], repository: string, action: Action): boolean {
  return rights.some(
    ({ pattern, actions }) =>
      matches(pattern, repository) &&
      (actions.includes(action) || (action === 'pull' && actions.includes('push'))),
  );
}
