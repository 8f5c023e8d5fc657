import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Verdict, verdicts } from '../types.ts';
import { type Candidate, chooseKept } from './choose-kept.ts';
import { type KeepRule, rulesFor } from './rules.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** Local noon of a Wednesday. */
const now = new Date(2026, 10, 25, 12).getTime();

/** Snapshots named by their order, newest first; times in local dates. */
function timeline(...times: (readonly [Date | number, Verdict?, 'pinned'?])[]): Candidate[] {
  return times.map(([time, verdict = 'good', pinned], i) => ({
    id: `s${i}`,
    verdict,
    takenAt: typeof time === 'number' ? time : time.getTime(),
    pinned: pinned === 'pinned',
  }));
}
const kept = (snapshots: readonly Candidate[], ...rules: KeepRule[]) =>
  [...chooseKept(snapshots, rules, now)].sort();

describe('chooseKept()', () => {
  test('keeps all where there is no rule, or one that says so', () => {
    const snapshots = timeline([now], [now - day], [now - 900 * day, 'failed']);
    assert.deepEqual(kept(snapshots), ['s0', 's1', 's2']);
    assert.deepEqual(kept(snapshots, { last: 1 }, { all: true }), ['s0', 's1', 's2']);
  });

  test('last counts good snapshots; failures newer than the newest good one stay, older ones go', () => {
    const snapshots = timeline(
      [now, 'failed'],
      [now - day],
      [now - 2 * day, 'blank'],
      [now - 3 * day],
      [now - 4 * day],
    );
    assert.deepEqual(kept(snapshots, { last: 2 }), ['s0', 's1', 's3']);
    assert.deepEqual(kept(snapshots, { last: 1 }), ['s0', 's1']);
    assert.deepEqual(kept(timeline([now, 'failed'], [now - 1, 'failed']), { last: 1 }), ['s0']);
  });

  test('the newest good one stays whatever the rules, and pinned ones', () => {
    const snapshots = timeline(
      [now - 500 * day, 'failed'],
      [now - 600 * day],
      [now - 700 * day, 'good', 'pinned'],
      [now - 800 * day],
    );
    assert.deepEqual(kept(snapshots, { withinMs: day }), ['s0', 's1', 's2']);
  });

  test('within keeps everything that is younger, whatever its verdict', () => {
    const snapshots = timeline([now], [now - day, 'failed'], [now - 2 * day], [now - 2 * day - 1]);
    assert.deepEqual(kept(snapshots, { withinMs: 2 * day }), ['s0', 's1', 's2']);
  });

  test('hourly, daily, weekly, monthly and yearly keep the newest of each that has one', () => {
    const at = (year: number, month: number, date: number, hours = 12, minutes = 0) =>
      [new Date(year, month - 1, date, hours, minutes)] as const;
    const snapshots = timeline(
      at(2026, 11, 25, 11, 50), // 0
      at(2026, 11, 25, 11, 10), // 1
      at(2026, 11, 25, 9), // 2
      at(2026, 11, 23, 8), // 3: Monday of the same week
      at(2026, 11, 22, 23), // 4: Sunday, the week before
      at(2026, 10, 31), // 5
      at(2025, 12, 31), // 6
      at(2025, 1, 1), // 7
    );
    assert.deepEqual(kept(snapshots, { hourly: 2 }), ['s0', 's2']);
    assert.deepEqual(kept(snapshots, { daily: 3 }), ['s0', 's3', 's4']);
    assert.deepEqual(kept(snapshots, { weekly: 3 }), ['s0', 's4', 's5']);
    assert.deepEqual(kept(snapshots, { monthly: 3 }), ['s0', 's5', 's6']);
    assert.deepEqual(kept(snapshots, { yearly: 9 }), ['s0', 's6']);
    assert.deepEqual(kept(snapshots, { daily: 2, monthly: 3, last: 2 }), ['s0', 's1', 's3', 's5', 's6']);
  });

  test('more rules never keep less, a higher count never keeps less, and something is always left', () => {
    const candidate = fc.record({
      verdict: fc.constantFrom(...verdicts),
      ageMs: fc.nat(800 * day),
      pinned: fc.boolean(),
    });
    const count = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });
    const rule = fc.record({
      last: count,
      hourly: count,
      daily: count,
      weekly: count,
      monthly: count,
      yearly: count,
    });
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 1, maxLength: 20 }), rule, rule, (made, one, two) => {
        const snapshots = made.map(({ ageMs, ...it }, i) => ({ ...it, id: `s${i}`, takenAt: now - ageMs }));
        const first = chooseKept(snapshots, [one as KeepRule], now);
        const both = chooseKept(snapshots, [one as KeepRule, two as KeepRule], now);
        const more = chooseKept(snapshots, [{ ...one, last: (one.last ?? 0) + 3 } as KeepRule], now);
        for (const id of first) assert.ok(both.has(id) && more.has(id));
        const good = snapshots
          .filter(({ verdict }) => verdict === 'good')
          .sort((a, b) => b.takenAt - a.takenAt);
        if (good[0]) assert.ok(good.some(({ id, takenAt }) => takenAt === good[0]!.takenAt && first.has(id)));
        for (const { id, pinned } of snapshots) if (pinned) assert.ok(first.has(id));
        assert.ok(first.size > 0);
      }),
    );
  });
});

test('rulesFor() takes the rules of a tag or one above it, in any case, else those without a tag', () => {
  const [all, ocp, deep, news] = [
    { last: 1 },
    { tag: 'OCP', last: 2 },
    { tag: 'ocp/4.5', last: 3 },
    { tag: 'news', daily: 7 },
  ];
  const rules = [all, ocp, deep, news];
  assert.deepEqual(rulesFor([], rules), [all]);
  assert.deepEqual(rulesFor(['ocp'], rules), [ocp]);
  assert.deepEqual(rulesFor(['Ocp/4.5'], rules), [ocp, deep]);
  assert.deepEqual(rulesFor(['ocp4'], rules), [all]);
  assert.deepEqual(rulesFor(['news', 'ocp/4.6'], rules), [ocp, news]);
  assert.deepEqual(rulesFor(['other'], [ocp]), []);
});
