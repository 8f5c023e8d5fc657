import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { planErrors } from '../errors.ts';
import { type Finding, type Path, type Place, type Places, pathText } from '../issue.ts';

/** The largest plan, in UTF-16 units; 500 nodes take a fifth of it. */
const maxLength = 256 * 1024;
/** A plan is four deep; the parser calls itself once or more for each level. */
const maxDepth = 16;
/** Faults of the same kind that are told. */
const mostFaults = 20;

/** A document as plain values, with the places of all fields and what is wrong with it as YAML. */
export interface Tree {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  readonly places: Places;
  /** How a number or another plain value is written in the file; undefined for what is no such value. */
  written(path: Path): string | undefined;
}

/** Reads one YAML document without anchors' aliases, merge keys and duplicate keys; never throws. */
export function readTree(text: string): Tree {
  const findings: Finding[] = [];
  const placeOf = new Map<string, Place>([['', { line: 1, column: 1 }]]);
  const keyPlaces = new Map<string, Place>();
  const sources = new Map<string, string>();
  const lines = new LineCounter();
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const places: Places = {
    ofKey: (path) => keyPlaces.get(pathText(path)) ?? places.of(path),
    has: (path) => placeOf.has(pathText(path)),
    of(path) {
      for (let length = path.length; length >= 0; length--) {
        const place = placeOf.get(pathText(path.slice(0, length)));
        if (place) return place;
      }
      return { line: 1, column: 1 };
    },
  };
  const done = (value: unknown): Tree => ({
    value,
    findings,
    places,
    written: (path) => sources.get(pathText(path)),
  });
  const fault = (error: Finding['error'], offset = 0, path: Path = []) =>
    void findings.push({ error, path, place: at(offset) });

  if (text.length > maxLength) {
    fault(planErrors.tooLarge({ length: text.length, limit: maxLength }));
    return done(undefined);
  }
  if (isTooDeep(text)) {
    fault(planErrors.tooDeep({ limit: maxDepth }));
    return done(undefined);
  }

  const [document, second] = documentsOf(text, lines);
  if (!document || document.contents === null) {
    fault(planErrors.empty());
    return done(undefined);
  }
  for (const { message, pos } of [...document.errors, ...document.warnings].slice(0, mostFaults))
    fault(planErrors.yaml({ detail: message }), pos[0]);
  if (second) fault(planErrors.severalDocuments(), second.range[0]);
  if (document.errors.length > 0) return done(undefined);

  let duplicates = 0;
  const walk = (node: Node | null | undefined, path: Path): unknown => {
    if (node?.range && !placeOf.has(pathText(path))) placeOf.set(pathText(path), at(node.range[0]));
    if (isAlias(node)) {
      fault(planErrors.alias({ name: node.source.slice(0, 80) }), node.range?.[0], path);
      return undefined;
    }
    if (isSeq<Node>(node)) return node.items.map((item, index) => walk(item, [...path, index]));
    if (isMap<Node, Node>(node)) {
      const value: Record<string, unknown> = Object.create(null);
      for (const { key, value: item } of node.items) {
        const name = isScalar(key) ? String(key.value) : '';
        const offset = key.range?.[0] ?? 0;
        if (name === '<<') {
          fault(planErrors.mergeKey(), offset, path);
          continue;
        }
        if (Object.hasOwn(value, name)) {
          if (duplicates++ < mostFaults) fault(planErrors.duplicateKey(), offset);
          continue;
        }
        const below = [...path, name];
        keyPlaces.set(pathText(below), at(offset));
        placeOf.set(
          pathText(below),
          at(isScalar(item) && item.range && item.source ? item.range[0] : offset),
        );
        value[name] = walk(item, below);
      }
      return value;
    }
    if (!isScalar(node)) return undefined;
    if (node.source !== undefined) sources.set(pathText(path), node.source);
    return node.value ?? undefined;
  };
  return done(walk(document.contents as Node, []));
}

const documentsOf = (text: string, lineCounter: LineCounter) => {
  const documents = parseAllDocuments(text, {
    lineCounter,
    prettyErrors: false,
    schema: 'core',
    merge: false,
    // Looked for in the walk: the parser compares every key with every other.
    uniqueKeys: false,
    stringKeys: true,
  });
  return Array.isArray(documents) ? documents : [];
};

/** True where brackets go deeper than in any plan; told before parsing, whose time and stack depend on it. */
function isTooDeep(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open++;
    else if (character === ']' || character === '}') open = Math.max(0, open - 1);
    if (open > maxDepth) return true;
  }
  return /^(?:[ \t]*[-?:][ \t]+){17}/m.test(text);
}
