import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publishedAt } from './published-at.ts';

test('dates as pages write them become RFC 3339, a time only with its zone', () => {
  const dates: Record<string, string> = {
    '2026-03-04T05:06:07Z': '2026-03-04T05:06:07.000Z',
    '2026-03-04T05:06:07+08:00': '2026-03-03T21:06:07.000Z',
    '2026-03-04T05:06:07+0800': '2026-03-03T21:06:07.000Z',
    '2026-03-04 05:06:07 +0800': '2026-03-03T21:06:07.000Z',
    'Wed, 04 Mar 2026 05:06:07 GMT': '2026-03-04T05:06:07.000Z',
    '2026-03-04T05:06:07': '2026-03-04',
    '2026-03-04 05:06': '2026-03-04',
    '发布时间：2026年3月4日 05:06': '2026-03-04',
    '2026/3/4': '2026-03-04',
    '04.03.2026': '2026-03-04',
    'March 4, 2026': '2026-03-04',
    '4 Mar 2026': '2026-03-04',
  };
  for (const [written, expected] of Object.entries(dates))
    assert.equal(publishedAt(written), expected, written);
});

test('what is no date is none', () => {
  for (const text of [
    '',
    'yesterday',
    '2026-13-01',
    '2026-02-30',
    '1234567890',
    '3 minutes',
    '0001-01-01T00:00:00Z',
    'x'.repeat(10_000),
  ])
    assert.equal(publishedAt(text), '', text);
});
