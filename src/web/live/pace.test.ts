import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSample, rateOf, type Sample } from './pace.ts';

const after = (...samples: Sample[]) => samples.reduce<readonly Sample[]>(addSample, []);

test('a rate is told from the last ten seconds alone', () => {
  const slowThenFast = after(
    { atMs: 0, done: 0 },
    { atMs: 20_000, done: 10 },
    { atMs: 21_000, done: 110 },
    { atMs: 22_000, done: 210 },
  );
  assert.equal(rateOf(slowThenFast), 100);
});

test('there is no rate before two samples stand apart, nor from what was done before it began anew', () => {
  assert.equal(rateOf([]), undefined);
  assert.equal(rateOf(after({ atMs: 0, done: 5 })), undefined);
  assert.equal(rateOf(after({ atMs: 0, done: 0 }, { atMs: 100, done: 50 })), undefined);
  assert.equal(rateOf(after({ atMs: 0, done: 900 }, { atMs: 1_000, done: 5 })), undefined);
});
