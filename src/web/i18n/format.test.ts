import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFormats } from './format.ts';

const en = createFormats('en', 'just now');

test('bytes() chooses the unit and drops digits that say nothing', () => {
  assert.deepEqual([0, 1, 999, 1000, 123_456, 2_420_000, 7.5e9].map(en.bytes), [
    '0 B',
    '1 B',
    '999 B',
    '1 kB',
    '123 kB',
    '2.4 MB',
    '7.5 GB',
  ]);
});

test('duration() counts seconds up to two minutes, then minutes', () => {
  assert.deepEqual([0, 900, 4230, 12_000, 119_000, 180_000].map(en.duration), [
    '0s',
    '0.9s',
    '4.2s',
    '12s',
    '119s',
    '3 min',
  ]);
  assert.equal(createFormats('zh-CN', '刚刚').duration(12_000), '12秒');
});
