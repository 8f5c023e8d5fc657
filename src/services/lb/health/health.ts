import type { CheckTiming, HealthStatus, Verdict } from '../types.ts';

/** Counts verdicts as haproxy does: `rise` in a row bring a backend up, `fall` in a row take it down; the very first decides alone. */
export interface Health {
  readonly status: HealthStatus;
  /** Since when it has this status; epoch milliseconds. */
  readonly since: number;
  /** Verdicts in a row that speak against the status. */
  readonly streak: number;
  readonly last: Verdict | undefined;
  /** When it came up after it was down, which is when its slow start begins; undefined while it has not been down. */
  readonly roseAt: number | undefined;
}

/** A backend of which nothing is known yet. */
export const unknownHealth = (now: number): Health => ({
  status: 'unknown',
  since: now,
  streak: 0,
  last: undefined,
  roseAt: undefined,
});

/** The health after one more verdict. */
export function afterVerdict(health: Health, verdict: Verdict, { rise, fall }: CheckTiming): Health {
  const told: HealthStatus = verdict.passed ? 'up' : 'down';
  if (told === health.status) return { ...health, streak: 0, last: verdict };
  const streak = health.streak + 1;
  const needed = health.status === 'unknown' ? 1 : verdict.passed ? rise : fall;
  if (streak < needed) return { ...health, streak, last: verdict };
  return {
    status: told,
    since: verdict.at,
    streak: 0,
    last: verdict,
    roseAt: told === 'up' && health.status === 'down' ? verdict.at : undefined,
  };
}

/** How long to wait until the next check; milliseconds. */
export function pauseOf({ status, streak }: Health, timing: CheckTiming): number {
  if (streak > 0) return timing.fastIntervalMs;
  return status === 'up' ? timing.intervalMs : timing.downIntervalMs;
}

/** The least share of its weight that a backend begins its slow start with. */
const firstShare = 0.04;

/** The part of its weight that a backend has while its slow start lasts: 0.04 to 1. */
export function shareOf({ roseAt }: Health, slowStartMs: number, now: number): number {
  if (roseAt === undefined || now - roseAt >= slowStartMs) return 1;
  return Math.max(firstShare, (now - roseAt) / slowStartMs);
}
