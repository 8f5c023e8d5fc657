/** What the choice looks at. */
export interface Candidate {
  /** The weight that it has at this moment, above 0. */
  readonly weight: number;
  readonly sessions: number;
  /** The turn of `roundrobin`, which the choice keeps here. */
  turn: number;
}

/**
 * Smooth weighted round robin (as nginx has it): over any run of choices each candidate gets its part by weight, and none
 * gets its part in one go. Undefined where there is none.
 */
export function pickRoundRobin<C extends Candidate>(candidates: readonly C[]): C | undefined {
  let best: C | undefined;
  let total = 0;
  for (const candidate of candidates) {
    candidate.turn += candidate.weight;
    total += candidate.weight;
    if (!best || candidate.turn > best.turn) best = candidate;
  }
  if (best) best.turn -= total;
  return best;
}

/** The one with the fewest sessions for its weight; among equals they take turns. */
export function pickLeastConnections<C extends Candidate>(candidates: readonly C[]): C | undefined {
  const load = (candidate: C) => (candidate.sessions + 1) / candidate.weight;
  const least = Math.min(...candidates.map(load));
  return pickRoundRobin(candidates.filter((candidate) => load(candidate) === least));
}
