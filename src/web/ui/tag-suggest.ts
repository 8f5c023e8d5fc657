import type { TagCount } from '../api/types.ts';

/** A tag as it will be kept: no blanks around its levels, no empty levels. */
export const cleanTag = (raw: string): string =>
  raw
    .trim()
    .replace(/^#+/, '')
    .split('/')
    .map((level) => level.trim().replace(/\s+/g, ' '))
    .filter(Boolean)
    .join('/');

/** Splits what was typed or pasted at commas of both scripts and line ends into tags, each once. */
export function splitTags(raw: string): string[] {
  return [
    ...new Set(
      raw
        .split(/[,，、;；\n]/)
        .map(cleanTag)
        .filter(Boolean),
    ),
  ];
}

/** Tags that go on from what is typed: those that begin so first, then those that hold it; the most used first. */
export function suggestTags(
  all: readonly TagCount[],
  typed: string,
  taken: readonly string[],
  limit = 8,
): string[] {
  const word = cleanTag(typed).toLowerCase();
  const rank = (tag: string): number => {
    const lower = tag.toLowerCase();
    if (lower.startsWith(word)) return 0;
    return lower.includes(`/${word}`) ? 1 : lower.includes(word) ? 2 : 3;
  };
  return all
    .filter(({ tag }) => !taken.includes(tag) && rank(tag) < 3)
    .sort((a, b) => rank(a.tag) - rank(b.tag) || b.links - a.links || a.tag.localeCompare(b.tag))
    .slice(0, limit)
    .map(({ tag }) => tag);
}
