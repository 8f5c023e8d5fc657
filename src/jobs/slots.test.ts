import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { retryPauseMs } from './retry-pause.ts';
import { freeLanes } from './slots.ts';
import type { Lane } from './types.ts';

const lane = fc.constantFrom<Lane>('person', 'bulk', 'after');

test('freeLanes() always leaves a slot that only a person may take, where there is more than one', () => {
  fc.assert(
    fc.property(fc.array(lane, { maxLength: 30 }), fc.integer({ min: 2, max: 8 }), (wishes, concurrency) => {
      const busy: Lane[] = [];
      for (const wish of wishes) if (freeLanes(busy, concurrency).includes(wish)) busy.push(wish);
      const others = busy.filter((one) => one !== 'person');
      assert.ok(others.length <= concurrency - 1);
      assert.ok(others.filter((one) => one === 'after').length <= 1);
      assert.ok(busy.length <= concurrency);
      assert.equal(freeLanes(busy, concurrency).includes('person'), busy.length < concurrency);
    }),
  );
});

test('freeLanes() lets a single slot serve every lane', () => {
  assert.deepEqual(freeLanes([], 1), ['person', 'bulk', 'after']);
  assert.deepEqual(freeLanes(['bulk'], 1), []);
});

test('retryPauseMs() grows, is spread, and has an end', () => {
  assert.equal(
    retryPauseMs(1, 2_000, () => 0.5),
    2_000,
  );
  assert.equal(
    retryPauseMs(2, 2_000, () => 0.5),
    8_000,
  );
  assert.equal(
    retryPauseMs(2, 2_000, () => 0),
    4_000,
  );
  assert.equal(
    retryPauseMs(60, 2_000, () => 0.5),
    300_000,
  );
});
