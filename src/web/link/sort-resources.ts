import type { Resource } from '../api/types.ts';

/** A column that resources can be ordered by, and which way. */
export interface ResourceOrder {
  readonly by: 'url' | 'type' | 'sizeBytes' | 'status';
  readonly down: boolean;
}

/** The resources whose address or type holds `words`, in order; equal ones stay in the order of the page. */
export function sortResources(
  resources: readonly Resource[],
  { by, down }: ResourceOrder,
  words: string,
): Resource[] {
  const lower = words.trim().toLowerCase();
  const compare = (a: Resource, b: Resource): number => {
    const x = a[by];
    const y = b[by];
    return typeof x === 'number' && typeof y === 'number'
      ? x - y
      : String(x) < String(y)
        ? -1
        : x === y
          ? 0
          : 1;
  };
  return resources
    .filter(
      (one) =>
        lower === '' ||
        one.url.toLowerCase().includes(lower) ||
        one.type.includes(lower) ||
        one.mediaType.includes(lower),
    )
    .sort((a, b) => (down ? -compare(a, b) : compare(a, b)));
}
