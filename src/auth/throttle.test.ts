import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasCode } from '../kernel/index.ts';
import { createThrottle } from './throttle.ts';

function harness() {
  let now = 1_000_000;
  const throttle = createThrottle({ now: () => now });
  const refused = (name: string, address: string) => {
    try {
      throttle.begin(name, address);
      return 0;
    } catch (error) {
      assert.ok(hasCode(error, 'auth.throttled'));
      return Number(error.details.seconds);
    }
  };
  return { throttle, refused, wait: (ms: number) => (now += ms) };
}

test('guesses at one name from one address meet pauses that double up to a quarter of an hour', () => {
  const { refused, wait } = harness();
  for (let i = 0; i < 6; i++) assert.equal(refused('ann', '10.0.0.1'), 0);
  const pauses: number[] = [];
  for (let i = 0; i < 12; i++) {
    const seconds = refused('ann', '10.0.0.1');
    pauses.push(seconds);
    wait(seconds * 1_000);
    assert.equal(refused('ann', '10.0.0.1'), 0);
  }
  assert.deepEqual(pauses, [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
});

test('one name is not shut out for others by a few failures elsewhere', () => {
  const { refused } = harness();
  for (let i = 0; i < 6; i++) refused('ann', '10.0.0.1');
  assert.ok(refused('ann', '10.0.0.1') > 0);
  assert.equal(refused('ann', '10.0.0.2'), 0);
});

test('one address that tries many names is slowed down, also within its /64 of IPv6', () => {
  for (const addressOf of [
    () => '10.0.0.1',
    (i: number) => `2001:db8:1:2::${i + 1}`,
    (i: number) => (i % 2 ? '10.0.0.1' : '::ffff:10.0.0.1'),
  ]) {
    const { refused } = harness();
    for (let i = 0; i < 21; i++) assert.equal(refused(`name${i}`, addressOf(i)), 0);
    assert.ok(refused('another', addressOf(21)) > 0);
    assert.equal(refused('another', '10.9.9.9'), 0);
  }
});

test('one name that is tried from many addresses is slowed down, in any letter case', () => {
  const { refused } = harness();
  for (let i = 0; i < 51; i++) assert.equal(refused(i % 2 ? 'ann' : 'ANN', `10.0.1.${i}`), 0);
  assert.ok(refused('Ann', '10.0.2.1') > 0);
});

test('a success forgets the failures of the pair, an hour forgets them all', () => {
  const { throttle, refused, wait } = harness();
  for (let i = 0; i < 6; i++) refused('ann', '10.0.0.1');
  wait(2_000);
  throttle.begin('ann', '10.0.0.1');
  throttle.succeeded('ann', '10.0.0.1');
  for (let i = 0; i < 6; i++) assert.equal(refused('ann', '10.0.0.1'), 0);
  assert.ok(refused('ann', '10.0.0.1') > 0);
  wait(60 * 60_000);
  for (let i = 0; i < 6; i++) assert.equal(refused('ann', '10.0.0.1'), 0);
});

test('memory stays bounded while an attacker changes names and addresses', () => {
  const { refused } = harness();
  for (let i = 0; i < 6; i++) refused('ann', '10.0.0.1');
  assert.ok(refused('ann', '10.0.0.1') > 0);
  for (let i = 0; i < 10_001; i++) refused(`n${i}`, `10.1.${i >> 8}.${i & 255}`);
  // The oldest were forgotten, which is what bounded means.
  assert.equal(refused('ann', '10.0.0.1'), 0);
});
