import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultTiming } from '../settings.ts';
import type { Verdict } from '../types.ts';
import { afterVerdict, type Health, pauseOf, shareOf, unknownHealth } from './health.ts';

const verdict = (passed: boolean, at = 1000): Verdict => ({
  passed,
  at,
  reason: passed ? 'passed' : 'status',
  detail: '',
  tookMs: 1,
  by: 'check',
});

/** What a series of checks makes of a backend: `+` passes, `-` fails. */
function after(series: string, from: Health = unknownHealth(0)): Health {
  return [...series].reduce(
    (health, sign) => afterVerdict(health, verdict(sign === '+'), defaultTiming),
    from,
  );
}

test('the first check decides alone; later only three passes in a row or two failures in a row change it', () => {
  const statuses = Object.fromEntries(
    ['', '+', '-', '+-', '+--', '+-+-+-', '-++', '-++-++', '-+++', '+--++-+++'].map((series) => [
      series,
      after(series).status,
    ]),
  );
  assert.deepEqual(statuses, {
    '': 'unknown',
    '+': 'up',
    '-': 'down',
    '+-': 'up',
    '+--': 'down',
    '+-+-+-': 'up',
    '-++': 'down',
    '-++-++': 'down',
    '-+++': 'up',
    '+--++-+++': 'up',
  });
});

test('it is asked more often on its way and while it is down', () => {
  const pauses = ['+', '+-', '+--', '+--+'].map((series) => pauseOf(after(series), defaultTiming));
  assert.deepEqual(pauses, [5000, 2000, 2000, 2000]);
});

test('the share of what came back grows to the whole; what was up from the start has it at once', () => {
  const back = after('-+++');
  const shares = [1000, 1500, 6000, 11_000, 99_000].map((now) => shareOf(back, 10_000, now));
  assert.deepEqual(shares, [0.04, 0.05, 0.5, 1, 1]);
  assert.equal(shareOf(after('+'), 10_000, 1000), 1);
  assert.equal(shareOf(back, 0, 1000), 1);
});
