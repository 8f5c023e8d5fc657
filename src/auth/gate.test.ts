import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasCode } from '../kernel/index.ts';
import { createGate } from './gate.ts';

test('a gate runs so many at a time, queues so many, refuses the rest, and goes on after a failure', async () => {
  const gate = createGate(2, 1);
  let running = 0;
  let most = 0;
  const ends: (() => void)[] = [];
  const task = async () => {
    most = Math.max(most, ++running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running--;
    throw new Error('failed');
  };
  const outcomes = Promise.allSettled([gate(task), gate(task), gate(task)]);
  await assert.rejects(gate(task), (error) => hasCode(error, 'auth.throttled'));
  for (let i = 0; i < 3; i++) {
    ends[i]!();
    await new Promise(setImmediate);
  }
  assert.deepEqual(
    (await outcomes).map((outcome) => outcome.status),
    ['rejected', 'rejected', 'rejected'],
  );
  assert.equal(most, 2);
  assert.equal(await gate(async () => 'free'), 'free');
});
