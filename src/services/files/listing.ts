import type { FileEntry } from './types.ts';

/** Entries with one more at `/`: the paths that are served and given to anyone, a line each, as plain text. */
export function withListing(entries: readonly FileEntry[]): readonly FileEntry[] {
  const lines = entries
    .filter(({ from, access }) => !('folder' in from) && access !== 'planned')
    .map(({ path }) => `${path}\n`)
    .sort()
    .join('');
  return [...entries, { path: '/', from: { bytes: lines }, mediaType: 'text/plain; charset=utf-8' }];
}
