/** How far something was at a moment, epoch milliseconds. */
export interface Sample {
  readonly atMs: number;
  readonly done: number;
}

const windowMs = 10_000;

/** Adds a sample and lets go of those that are too old to tell the rate of now; one that steps back begins anew. */
export function addSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (!last || sample.done < last.done) return [sample];
  const kept = samples.filter(({ atMs }) => sample.atMs - atMs <= windowMs);
  return [...kept, sample];
}

/** Units in a second over the last seconds; undefined until two samples stand far enough apart to tell. */
export function rateOf(samples: readonly Sample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.atMs - first.atMs < 500) return undefined;
  return ((last.done - first.done) / (last.atMs - first.atMs)) * 1000;
}
