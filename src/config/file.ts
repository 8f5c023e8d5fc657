import { existsSync, readFileSync } from 'node:fs';
import { errorText } from '../kernel/index.ts';
import { configErrors } from './errors.ts';

/** A value of the configuration file, as text, and the line (from 1) that its key stands on. */
export interface FileEntry {
  readonly text: string;
  readonly line: number;
}

/** Reads `config.json`: one flat JSON object. A file that does not exist is empty; throws `config.badFile`. */
export function readConfigFile(path: string): ReadonlyMap<string, FileEntry> {
  if (!existsSync(path)) return new Map();
  const bad = (fault: string, cause?: unknown) => configErrors.badFile({ path, fault }, { cause });
  let source: string;
  let value: unknown;
  try {
    source = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    value = JSON.parse(source);
  } catch (cause) {
    throw bad(errorText(cause), cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('it is not an object');
  const lines = linesOfKeys(source);
  const entries = Object.entries(value as object).map(([key, item]): [string, FileEntry] => {
    const line = lines.get(key) ?? 1;
    const text = textOf(item);
    if (text === undefined) throw bad(`line ${line}: "${key}" is an object`);
    return [key, { text, line }];
  });
  return new Map(entries);
}

/** A setting is text in a variable; the file may also have numbers, lists and null. */
function textOf(item: unknown): string | undefined {
  if (item === null) return '';
  if (Array.isArray(item)) return item.map(String).join(',');
  return typeof item === 'object' ? undefined : String(item);
}

/** The lines on which the keys of the outermost object stand; the source is known to be JSON. */
function linesOfKeys(source: string): Map<string, number> {
  const lines = new Map<string, number>();
  let depth = 0;
  let line = 1;
  for (const [token] of source.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]|\n/g)) {
    if (/^[{[]/.test(token)) depth++;
    else if (/^[}\]]/.test(token)) depth--;
    else if (depth === 1 && token.endsWith(':')) lines.set(JSON.parse(token.slice(0, -1).trimEnd()), line);
    line += token.split('\n').length - 1;
  }
  return lines;
}
