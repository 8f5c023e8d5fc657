import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rangesOf } from './range.ts';

test('rangesOf() gives first, last, suffix and several ranges of RFC 9110 14.1.2', () => {
  assert.deepEqual(rangesOf('bytes=0-499', 10_000, 16), [{ start: 0, end: 500 }]);
  assert.deepEqual(rangesOf('bytes=9500-', 10_000, 16), [{ start: 9_500, end: 10_000 }]);
  assert.deepEqual(rangesOf('BYTES=-500', 10_000, 16), [{ start: 9_500, end: 10_000 }]);
  assert.deepEqual(rangesOf('bytes=0-0, -1', 10_000, 16), [
    { start: 0, end: 1 },
    { start: 9_999, end: 10_000 },
  ]);
  assert.deepEqual(rangesOf('bytes=5-99999,20000-', 10_000, 16), [{ start: 5, end: 10_000 }]);
});

test('rangesOf() gives the whole for what it does not serve in parts', () => {
  for (const header of [
    undefined,
    'lines=0-1',
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=a-b',
    'bytes=0-5,3-9',
  ])
    assert.equal(rangesOf(header, 10_000, 16), undefined, header);
  assert.equal(rangesOf('bytes=0-0,2-2,4-4', 10, 2), undefined);
});

test('rangesOf() finds what lies beyond the end unsatisfiable', () => {
  for (const header of ['bytes=10000-', 'bytes=-0', 'bytes=20000-30000,40000-'])
    assert.equal(rangesOf(header, 10_000, 16), 'unsatisfiable', header);
  assert.equal(rangesOf('bytes=0-', 0, 16), 'unsatisfiable');
});

test('rangesOf() never gives a range outside the file or two that overlap', () => {
  const spec = fc
    .tuple(fc.option(fc.nat(120)), fc.option(fc.nat(120)))
    .map(([a, b]) => `${a ?? ''}-${b ?? ''}`);
  fc.assert(
    fc.property(fc.array(spec, { maxLength: 6 }), fc.nat(100), (specs, sizeBytes) => {
      const ranges = rangesOf(`bytes=${specs.join(',')}`, sizeBytes, 4);
      if (ranges === undefined || ranges === 'unsatisfiable') return;
      const covered = new Set<number>();
      for (const { start, end } of ranges)
        for (let at = start; at < end; at++) {
          assert.ok(at >= 0 && at < sizeBytes && !covered.has(at));
          covered.add(at);
        }
      assert.ok(covered.size > 0);
    }),
  );
});
