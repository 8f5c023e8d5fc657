import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countTurns } from '../testing/turns.ts';
import { createBreather } from './breather.ts';

test('a breather is due once work has gone on for a while, and not again right after the others had their turn', async () => {
  let nowMs = 5;
  const breather = createBreather(() => nowMs);
  assert.equal(breather.isDue(), false);
  nowMs += 9;
  assert.equal(breather.isDue(), false);
  nowMs += 2;
  assert.equal(breather.isDue(), true);
  const { turns } = await countTurns(() => breather.breathe());
  assert.equal(turns, 1);
  assert.equal(breather.isDue(), false);
});
