import type { Digest } from '../../kernel/index.ts';
import type { IndexEntry } from '../read-manifest.ts';
import { isImageTag } from '../reference.ts';
import { refName } from './read-index.ts';

/**
 * What the entries of a layout are called: by their whole name, as it was given to skopeo or umoci (`v1`, `host/name:v1`),
 * and, where that is no image tag, also by the tag at its end. A whole name goes before a tag at the end of another.
 */
export class ImageNames {
  readonly #whole = new Map<string, IndexEntry[]>();
  readonly #tags = new Map<string, IndexEntry[]>();

  /** `entries` in their order; of those with one name that are the same manifest the first counts. */
  constructor(entries: readonly IndexEntry[]) {
    for (const entry of entries) {
      const name = entry.annotations?.[refName];
      if (name === undefined || name === '') continue;
      note(this.#whole, name, entry);
      const colon = name.lastIndexOf(':');
      if (colon > name.lastIndexOf('/')) note(this.#tags, name.slice(colon + 1), entry);
    }
  }

  /** All entries that a name stands for; more than one where it says too little. */
  find(name: string): readonly IndexEntry[] {
    return this.#whole.get(name) ?? this.#tags.get(name) ?? [];
  }

  /** The one manifest that has exactly this name. */
  exact(name: string): Digest | undefined {
    const found = this.#whole.get(name) ?? [];
    return found.length === 1 ? found[0]!.digest : undefined;
  }

  /** Every image tag that stands for one entry, sorted. */
  tags(): readonly string[] {
    const names = new Set([...this.#whole.keys(), ...this.#tags.keys()]);
    return [...names].filter((name) => isImageTag(name) && this.find(name).length === 1).sort();
  }
}

function note(map: Map<string, IndexEntry[]>, name: string, entry: IndexEntry): void {
  const held = map.get(name);
  if (!held) map.set(name, [entry]);
  else if (held.every(({ digest }) => digest !== entry.digest)) held.push(entry);
}
