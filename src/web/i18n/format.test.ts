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

test('span() gives the two largest parts of a time', () => {
  const minute = 60_000;
  const spans = [-5, 59_999, 12 * minute, 60 * minute, 1_060 * minute, 2_880 * minute, 2_940 * minute];
  assert.deepEqual(spans.map(en.span), ['0s', '59s', '12m', '1h', '17h 40m', '2d', '2d 1h']);
  assert.equal(createFormats('zh-CN', '刚刚').span(1_060 * minute), '17小时 40分钟');
});
