import { type Sort, sorts, type Verdict, verdicts } from '../api/types.ts';

/** What the library shows, as it stands in the address. Absent means: all, newest first. */
export interface LibrarySearch {
  readonly q?: string;
  readonly tag?: string;
  readonly verdict?: Verdict;
  readonly sort?: Sort;
}

/** Reads the address; what is not understood is left out. */
export function parseLibrarySearch(raw: Record<string, unknown>): LibrarySearch {
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const q = text(raw.q);
  const tag = text(raw.tag);
  const verdict = verdicts.find((one) => one === raw.verdict);
  const sort = sorts.find((one) => one === raw.sort);
  return {
    ...(q ? { q } : {}),
    ...(tag ? { tag } : {}),
    ...(verdict ? { verdict } : {}),
    ...(sort ? { sort } : {}),
  };
}

/** A value as the query language takes it: in quotes where it holds more than plain letters. */
export const quoteFact = (value: string): string =>
  /^[\p{L}\p{N}._/-]+$/u.test(value) ? value : `"${value.replace(/"/g, '')}"`;

/** The query that asks for all of it: typed words and the filters that were clicked. */
export function composeQuery({ q = '', tag, verdict }: LibrarySearch): string {
  const facts = [tag ? `tag:${quoteFact(tag)}` : '', verdict ? `verdict:${verdict}` : ''].filter(Boolean);
  if (facts.length === 0) return q.trim();
  const words = q.trim();
  // "OR" binds looser than the filters beside it; the words stand last, where an unfinished one is completed.
  return [...facts, /\bOR\b/.test(words) ? `(${words})` : words].filter(Boolean).join(' ');
}

/** The order in effect: the best match first while there are words, unless another one was chosen. */
export const effectiveSort = ({ q, sort }: LibrarySearch): Sort => sort ?? (q ? 'relevance' : 'added');
