import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HoldfastError, hasCode } from '../kernel/index.ts';
import { keepRules } from './keep-rules.ts';

const read = (text: string) => keepRules(text, { place: 'HOLDFAST_KEEP', folder: '/' });
const day = 24 * 3_600_000;

test('keepRules() reads words, tags and durations, however the rules are set apart', () => {
  assert.deepEqual(read(''), []);
  assert.deepEqual(read('last=10 daily=7  weekly=4'), [{ last: 10, daily: 7, weekly: 4 }]);
  assert.deepEqual(read('hourly=1 monthly=12 yearly=3, ocp/4.5: last=3; 新闻 a:b :within=30d\nkeep: all,'), [
    { hourly: 1, monthly: 12, yearly: 3 },
    { tag: 'ocp/4.5', last: 3 },
    { tag: '新闻 a:b', withinMs: 30 * day },
    { tag: 'keep', all: true },
  ]);
  for (const [text, ms] of [
    ['within=12h', day / 2],
    ['within=2w', 14 * day],
    ['within=6m', 180 * day],
    ['within=1y', 365 * day],
  ] as const)
    assert.deepEqual(read(text), [{ withinMs: ms }]);
});

test('keepRules() refuses what could be meant in two ways, and names place and rule', () => {
  const bad = [
    'last',
    'last=0',
    'last=-1',
    'last=1.5',
    'last=ten',
    'last=1 last=2',
    'last=3d',
    'within=30',
    'ever=1',
  ];
  for (const text of [...bad, 'ocp', 'ocp:', ': last=1', 'last=9999999', 'last=1 ocp: ', 'within=1x'])
    assert.throws(
      () => read(`daily=7, ${text}`),
      (error) =>
        hasCode(error, 'config.badKeep') &&
        error.details.place === 'HOLDFAST_KEEP' &&
        error.details.value === text.trim(),
      text,
    );
});

test('keepRules() gives any text rules that keep something, or an error of its own', () => {
  const word = fc.constantFrom('last=3', 'all', 'within=1d', 'daily=', 'ocp:', ',', ':', '=', 'x');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word).map((words) => words.join(' ')),
      ),
      (text) => {
        try {
          for (const { tag, ...words } of read(text)) assert.ok(Object.keys(words).length > 0 && tag !== '');
        } catch (error) {
          assert.ok(error instanceof HoldfastError, String(error));
        }
      },
    ),
  );
});
