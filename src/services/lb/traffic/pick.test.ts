import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pickLeastConnections, pickRoundRobin } from './pick.ts';

const candidate = (name: string, weight: number, sessions = 0) => ({ name, weight, sessions, turn: 0 });

test('each gets its part by weight, and not in one go', () => {
  const all = [candidate('a', 5), candidate('b', 1), candidate('c', 1)];
  const order = Array.from({ length: 7 }, () => pickRoundRobin(all)!.name).join('');
  assert.equal(order, 'aabacaa');
});

test('the fewest sessions for its weight come first, equals take turns, and of none nothing is chosen', () => {
  const all = [candidate('a', 100, 3), candidate('b', 100, 1), candidate('c', 50, 0), candidate('d', 100, 1)];
  const names = Array.from({ length: 3 }, () => pickLeastConnections(all)!.name);
  assert.deepEqual(names.sort(), ['b', 'c', 'd']);
  assert.equal(pickLeastConnections([]), undefined);
  assert.equal(pickRoundRobin([]), undefined);
});
