import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBalancer } from './balancer.ts';
import { createLeave } from './leave.ts';
import type { FrontendState } from './state.ts';

/** Frontends with one temporary backend and, for each sign, a permanent one: `+` up, `-` down, `d` up and drained. */
function frontends(...permanents: readonly string[]): readonly FrontendState[] {
  const balancer = createBalancer({
    frontends: permanents.map((signs, index) => ({
      name: `f${index}`,
      listen: { host: '127.0.0.1', port: 0 },
      check: { kind: 'tcp' },
      backends: ['boot', ...signs].map((_, at) => ({
        name: at === 0 ? 'boot' : `m${at}`,
        address: '127.0.0.1',
        port: at + 1,
        temporary: at === 0,
        drained: signs[at - 1] === 'd',
      })),
    })),
  });
  return balancer.state().frontends.map((frontend, index) => ({
    ...frontend,
    backends: frontend.backends.map((backend, at) => ({
      ...backend,
      health: at === 0 || permanents[index]![at - 1] !== '-' ? ('up' as const) : ('down' as const),
    })),
  }));
}

test('it leaves when all permanent backends have been up in every frontend without a break for the time', () => {
  const leave = createLeave({ healthy: 'all', holdMs: 10 });
  const at = (now: number, ...permanents: string[]) => leave(frontends(...permanents), now).length > 0;
  assert.equal(at(0, '+++', '++-'), false);
  assert.equal(at(50, '+++', '+++'), false);
  assert.equal(at(55, '+++', '+-+'), false);
  assert.equal(at(60, '+++', '+++'), false);
  assert.equal(at(69, '+++', '+++'), false);
  assert.equal(at(70, '+++', '+++'), true);
});

test('a number asks for so many; what is drained does not count, and without permanent backends it stays', () => {
  const leaves = (healthy: 'all' | number, ...permanents: string[]) =>
    createLeave({ healthy, holdMs: 0 })(frontends(...permanents), 0);
  assert.deepEqual(leaves(2, '++-', '+-+'), ['boot']);
  assert.deepEqual(leaves(2, '+--', '+++'), []);
  assert.deepEqual(leaves('all', '++d', '+++'), ['boot']);
  assert.deepEqual(leaves(1, '-d', '++'), []);
  assert.deepEqual(leaves(1, ''), []);
});
