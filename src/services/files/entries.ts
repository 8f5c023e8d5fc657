import { filesErrors } from './errors.ts';
import { isPlainPath } from './request-path.ts';
import type { FileEntry, Visitor } from './types.ts';

/** What a path leads to once aliases are followed. */
export interface Found {
  readonly entry: FileEntry;
  readonly path: string;
}

/** The entries of a service, looked up by path. */
export interface Entries {
  /** Undefined where nothing is served there. */
  find(path: string, visitor: Visitor): Found | undefined;
  readonly paths: readonly string[];
}

/** An alias may lead to an alias, and not round in a circle. */
const mostAliases = 4;

/** Checks entries and makes them ready for look-ups; throws `files.badEntry`. */
export function createEntries(list: readonly FileEntry[], hasStore: boolean): Entries {
  const exact = new Map<string, FileEntry>();
  const folders: FileEntry[] = [];
  for (const entry of list) {
    const { path, from } = entry;
    const refuse = (fault: string) => filesErrors.badEntry({ path: path.slice(0, 300), fault });
    if (!isPlainPath(path) || path.includes('//')) throw refuse('it is no plain path');
    if ('blob' in from && !hasStore) throw refuse('it is a blob, and no store was given');
    if (exact.has(path) || folders.some((folder) => folder.path === slashed(path)))
      throw refuse('it is named twice');
    if ('folder' in from) folders.push({ ...entry, path: slashed(path) });
    else exact.set(path, entry);
  }
  // The nearest folder answers.
  folders.sort((a, b) => b.path.length - a.path.length);

  const direct = (path: string): Found | undefined => {
    const entry = exact.get(path) ?? folders.find((folder) => path.startsWith(folder.path));
    return entry && { entry, path };
  };
  return {
    paths: [...exact.keys()].sort(),
    find(path, visitor) {
      let found = direct(path);
      for (let step = 0; found && 'alias' in found.entry.from; step++) {
        const { alias } = found.entry.from;
        const target = typeof alias === 'string' ? alias : alias(visitor);
        found = target === undefined || step === mostAliases ? undefined : direct(target);
      }
      return found;
    },
  };
}

const slashed = (path: string) => (path.endsWith('/') ? path : `${path}/`);
