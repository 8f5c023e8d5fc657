import type { Clock } from '../../../kernel/index.ts';
import type { Upstream } from './parse-forward.ts';

const silentFor = 2;
const restMs = 10_000;

export interface UpstreamHealth {
  /** The upstreams in their order; those that were silent lately come last. */
  sort(upstreams: readonly Upstream[]): readonly Upstream[];
  note(upstream: Upstream, hasSpoken: boolean): void;
}

/** Remembers who did not answer, so that a dead first upstream does not cost every question its timeout. */
export function createUpstreamHealth(clock: Clock): UpstreamHealth {
  const silences = new Map<string, { count: number; untilMs: number }>();
  const rests = ({ title }: Upstream) => (silences.get(title)?.untilMs ?? 0) > clock.now();
  return {
    sort: (upstreams) => [...upstreams.filter((it) => !rests(it)), ...upstreams.filter(rests)],
    note({ title }, hasSpoken) {
      if (hasSpoken) return void silences.delete(title);
      const count = (silences.get(title)?.count ?? 0) + 1;
      silences.set(title, { count, untilMs: count >= silentFor ? clock.now() + restMs : 0 });
    },
  };
}
