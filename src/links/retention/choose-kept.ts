import type { Verdict } from '../types.ts';
import type { KeepRule } from './rules.ts';

/** What the rules need to know of a snapshot. */
export interface Candidate {
  readonly id: string;
  readonly verdict: Verdict;
  readonly takenAt: number;
  readonly pinned: boolean;
}

/**
 * The ids of the snapshots of one link that stay under its rules; all of them where there is no rule. Whatever the rules
 * say, these stay: pinned ones, the newest good one (where none is good, the newest), and what is newer than that.
 * The words that count are about good snapshots, so that a week of failures does not push out what was good.
 */
export function chooseKept(
  snapshots: readonly Candidate[],
  rules: readonly KeepRule[],
  now: number,
): ReadonlySet<string> {
  const newest = snapshots.toSorted((a, b) => b.takenAt - a.takenAt || (a.id < b.id ? 1 : -1));
  if (rules.length === 0 || rules.some((rule) => rule.all)) return new Set(newest.map(({ id }) => id));
  const firstGood = newest.findIndex(({ verdict }) => verdict === 'good');
  const counted = firstGood < 0 ? newest : newest.filter(({ verdict }) => verdict === 'good');
  const kept = new Set(newest.slice(0, Math.max(0, firstGood) + 1).map(({ id }) => id));
  for (const { id, pinned } of newest) if (pinned) kept.add(id);
  for (const rule of rules) {
    const since = now - (rule.withinMs ?? 0);
    for (const { id, takenAt } of newest) if (rule.withinMs !== undefined && takenAt >= since) kept.add(id);
    for (const { id } of counted.slice(0, rule.last ?? 0)) kept.add(id);
    for (const [word, periodOf] of periods)
      for (const id of newestOf(counted, rule[word], periodOf)) kept.add(id);
  }
  return kept;
}

/** The newest of each period that has one, for so many periods. */
function newestOf(
  newest: readonly Candidate[],
  count = 0,
  periodOf: (date: Date) => string,
): readonly string[] {
  const chosen = new Map<string, string>();
  for (const { id, takenAt } of newest) {
    const period = periodOf(new Date(takenAt));
    if (chosen.has(period)) continue;
    if (chosen.size === count) break;
    chosen.set(period, id);
  }
  return [...chosen.values()];
}

const day = (date: Date) => `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;

const periods: readonly (readonly [
  'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly',
  (date: Date) => string,
])[] = [
  // The offset tells apart the two hours of one name at the end of summer time.
  ['hourly', (date) => `${day(date)} ${date.getHours()} ${date.getTimezoneOffset()}`],
  ['daily', day],
  // Weeks begin on Monday, as in ISO 8601.
  [
    'weekly',
    (date) => day(new Date(date.getFullYear(), date.getMonth(), date.getDate() - ((date.getDay() + 6) % 7))),
  ],
  ['monthly', (date) => `${date.getFullYear()}-${date.getMonth()}`],
  ['yearly', (date) => `${date.getFullYear()}`],
];
