import { gapsIn, type Interval, withInterval } from './intervals.ts';

const mebibyte = 1024 * 1024;

/** How many bytes one request asks for, at least and at most. */
export interface PartSizes {
  readonly least: number;
  readonly most: number;
}

export const defaultPartSizes: PartSizes = { least: 8 * mebibyte, most: 32 * mebibyte };

/** Hands out the parts of a file that are missing, each to one who fetches it. */
export class Plan {
  readonly #total: number;
  readonly #partBytes: number;
  readonly #done: () => readonly Interval[];
  readonly #fetched = new Set<Interval>();

  constructor(total: number, done: () => readonly Interval[], { least, most }: PartSizes) {
    this.#total = total;
    this.#done = done;
    this.#partBytes = Math.min(most, Math.max(least, Math.ceil(total / 64)));
  }

  /** The next part that nobody fetches; `giveBack` it at the end, whatever came of it. */
  take(): Interval | undefined {
    const covered = [...this.#fetched].reduce(withInterval, this.#done());
    const gap = gapsIn(covered, this.#total)[0];
    if (!gap) return undefined;
    return this.claim([gap[0], Math.min(gap[1], gap[0] + this.#partBytes)]);
  }

  /** Takes a part that is on its way already. */
  claim(part: Interval): Interval {
    this.#fetched.add(part);
    return part;
  }

  giveBack(part: Interval): void {
    this.#fetched.delete(part);
  }
}
