import type { ContentsRoot } from '../api/types.ts';

/** The components whose name, image tag or digest holds every word, by name. */
export function findComponents(roots: readonly ContentsRoot[], words: string): readonly ContentsRoot[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return roots
    .filter(({ component, imageTags, digest }) => {
      const text = `${component} ${imageTags.join(' ')} ${digest}`;
      return wanted.every((word) => text.includes(word));
    })
    .toSorted((a, b) => a.component.localeCompare(b.component, 'en'));
}
