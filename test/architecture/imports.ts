import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The project's folder. */
export const root = resolve(import.meta.dirname, '../..');

/** One import of another file of this project; paths are relative to the project's folder. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

/** Every TypeScript file below a folder, relative to the project's folder. */
export function sourcesIn(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|\/)(node_modules|dist|fixtures)\//.test(file));
}

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The folders of src/ that hold rooms and are none themselves. */
export const floors: readonly string[] = ['cluster', 'services'];

/** The room that a file belongs to, undefined for files outside src/. */
export function roomOf(file: string): string | undefined {
  const [, first, second] = /^src\/([^/]+)\/(?:([^/]+)\/)?/.exec(file) ?? [];
  return first !== undefined && floors.includes(first) ? second && `${first}/${second}` : first;
}

const statement = /(?:^|\n)\s*(import|export)(\s+type\b)?([^;'"]*?\bfrom)?\s*(['"])(\.[^'"]+)\4/g;
const dynamic = /\bimport\(\s*(['"])(\.[^'"]+)\1/g;

/** The relative imports of a file: statements, re-exports and `import()`. */
export function importsOf(file: string): readonly Import[] {
  const text = textOf(file);
  const to = (specifier: string) => relative(root, join(root, dirname(file), specifier.replace(/\?.*$/, '')));
  return [
    ...[...text.matchAll(statement)].map((match) => ({
      from: file,
      to: to(match[5]!),
      typesOnly: match[2] !== undefined || onlyInlineTypes(match[3]),
    })),
    ...[...text.matchAll(dynamic)].map((match) => ({ from: file, to: to(match[2]!), typesOnly: false })),
  ];
}

/** True for `{ type A, type B } from`, which leaves nothing at run time. */
function onlyInlineTypes(clause: string | undefined): boolean {
  const names = /^\s*\{([^}]*)\}\s*from$/.exec(clause ?? '')?.[1];
  if (names === undefined) return false;
  return names.split(',').every((name) => name.trim() === '' || /^\s*type\s/.test(name));
}
