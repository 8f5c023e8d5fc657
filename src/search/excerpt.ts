import type { Leaf } from './engine.ts';
import { leavesOf } from './leaves.ts';
import { hitsByPiece, type TextHit } from './text-hits.ts';
import type { QueryNode, TextExcerpt } from './types.ts';

export interface ExcerptOptions {
  /** About how many characters to show; 240 unless told. */
  readonly length?: number;
  /** How much of the text is looked through; the first million characters unless told. */
  readonly scanCharacters?: number;
}

interface Place {
  readonly hits: readonly TextHit[];
  readonly score: number;
}

/** How far an end is moved to stand between words. */
const slack = 24;

/**
 * The place of a text where most of the query's words stand together, the earliest of equals: plain and marked text in
 * turn, plain first, white space made single. Undefined where the text has none of the words.
 */
export function excerpt(
  text: string,
  node: QueryNode,
  options: ExcerptOptions = {},
): TextExcerpt | undefined {
  const length = options.length ?? 240;
  const leaves = textLeaves(node);
  if (leaves.length === 0) return undefined;
  let best: Place | undefined;
  for (const hits of hitsByPiece(text.slice(0, options.scanCharacters ?? 1_000_000), leaves)) {
    const place = bestPlace(hits, length);
    if (best === undefined || place.score > best.score) best = place;
    if (place.score >= leaves.length) break;
  }
  return best && cut(text, best.hits, length);
}

function textLeaves(node: QueryNode): readonly Leaf[] {
  if (node.type === 'and' || node.type === 'or') return node.nodes.flatMap(textLeaves);
  if (node.type !== 'words' || (node.field !== undefined && node.field !== 'text')) return [];
  return leavesOf(node);
}

/** The hits within `length` characters that hold the most different leaves; more hits decide between equals. */
function bestPlace(hits: readonly TextHit[], length: number): Place {
  let best: Place = { hits: [], score: -1 };
  let first = 0;
  const inside = new Map<number, number>();
  for (const [index, hit] of hits.entries()) {
    inside.set(hit.leaf, (inside.get(hit.leaf) ?? 0) + 1);
    while (first < index && hit.end - hits[first]!.start > length) {
      const { leaf } = hits[first++]!;
      const left = inside.get(leaf)! - 1;
      if (left > 0) inside.set(leaf, left);
      else inside.delete(leaf);
    }
    const count = index - first + 1;
    const score = inside.size + Math.min(count, 50) / 100;
    if (score > best.score) best = { hits: hits.slice(first, index + 1), score };
  }
  return best;
}

function cut(text: string, hits: readonly TextHit[], length: number): TextExcerpt {
  const start = hits[0]!.start;
  const end = Math.min(Math.max(...hits.map((hit) => hit.end)), start + length);
  const spare = Math.max(0, length - (end - start));
  const wantedFrom = Math.max(0, Math.min(start - Math.floor(spare / 3), text.length - length));
  const wantedTo = Math.min(text.length, wantedFrom + Math.max(length, end - wantedFrom));
  const snap = snapper(text, wantedFrom, wantedTo);
  const from = snap.down(betweenWords(text, wantedFrom, Math.min(start, wantedFrom + slack), 1));
  const to = snap.up(betweenWords(text, wantedTo, Math.max(end, wantedTo - slack), -1));
  const parts: string[] = [];
  let done = from;
  for (const mark of merged(hits)) {
    const markFrom = Math.max(done, snap.down(mark.start));
    const markTo = Math.min(to, snap.up(mark.end));
    if (markTo <= markFrom) continue;
    parts.push(text.slice(done, markFrom), text.slice(markFrom, markTo));
    done = markTo;
  }
  parts.push(text.slice(done, to));
  const shown = parts.map((part) => part.replace(/\s+/g, ' '));
  shown[0] = from > 0 ? `…${shown[0]!.trimStart()}` : shown[0]!.trimStart();
  const last = shown.length - 1;
  shown[last] = to < text.length ? `${shown[last]!.trimEnd()}…` : shown[last]!.trimEnd();
  return { parts: shown };
}

/** The first place on the way from `at` to `limit` that has white space before it, else `at`. */
function betweenWords(text: string, at: number, limit: number, step: 1 | -1): number {
  if (at === 0 || at === text.length) return at;
  for (let place = at; place !== limit + step; place += step)
    if (/\s/.test(text[place - 1] ?? ' ')) return place;
  return at;
}

function merged(hits: readonly TextHit[]): readonly { start: number; end: number }[] {
  const marks: { start: number; end: number }[] = [];
  for (const { start, end } of [...hits].sort((a, b) => a.start - b.start)) {
    const last = marks.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else marks.push({ start, end });
  }
  return marks;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Moves offsets between `from` and `to` to where what is seen as one character begins or ends. */
function snapper(text: string, from: number, to: number) {
  const margin = 64;
  let base = Math.max(0, from - margin);
  if (splitsPair(text, base)) base--;
  let limit = Math.min(text.length, to + margin);
  if (splitsPair(text, limit)) limit++;
  const borders = [...graphemes.segment(text.slice(base, limit))].map(({ index }) => base + index);
  borders.push(limit);
  return {
    down: (at: number): number => borders.findLast((border) => border <= at) ?? base,
    up: (at: number): number => borders.find((border) => border >= at) ?? limit,
  };
}

function splitsPair(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}
