import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { gapsIn, type Interval, withInterval } from './intervals.ts';
import { Lanes, maxLanes } from './lanes.ts';
import { encodeNote, readNote } from './note.ts';
import { Plan } from './plan.ts';

const total = 60;
const interval = fc
  .tuple(fc.nat(total), fc.nat(total))
  .map(([a, b]): Interval => [Math.min(a, b), Math.max(a, b)]);

describe('intervals', () => {
  it('hold exactly what was put in, joined and in order, and the gaps are the rest', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 12 }), (given) => {
        const list = given.reduce<readonly Interval[]>(withInterval, []);
        const has = (from: readonly Interval[], at: number) =>
          from.some(([start, end]) => at >= start && at < end);
        const gaps = gapsIn(list, total);
        for (let at = 0; at < total; at++) {
          assert.equal(has(list, at), has(given, at));
          assert.equal(has(gaps, at), !has(given, at));
        }
        for (const [i, [start]] of list.entries()) assert.ok(i === 0 || start > list[i - 1]![1]);
      }),
    );
  });
});

describe('Plan', () => {
  it('hands out every byte once, around what is there, and again what was given back', () => {
    let done: readonly Interval[] = [[10, 20]];
    const plan = new Plan(35, () => done, { least: 8, most: 8 });
    const parts = Array.from({ length: 4 }, () => plan.take());
    assert.deepEqual(parts, [
      [0, 8],
      [8, 10],
      [20, 28],
      [28, 35],
    ]);
    assert.equal(plan.take(), undefined);
    done = withInterval(done, [0, 3]);
    plan.giveBack(parts[0]!);
    assert.deepEqual(plan.take(), [3, 8]);
  });

  it('asks for parts of a size that suits the file, within bounds', () => {
    const sizeOf = (whole: number) => new Plan(whole, () => [], { least: 8, most: 32 }).take()![1];
    assert.deepEqual([sizeOf(100), sizeOf(64 * 10), sizeOf(64 * 1000)], [8, 10, 32]);
  });
});

describe('Lanes', () => {
  /** Lets half-seconds pass with so many bytes each; gives the targets in between. */
  const run = (rates: readonly number[], between: (lanes: Lanes) => void = () => {}) => {
    let now = 0;
    const lanes = new Lanes({ now: () => now });
    return rates.map((bytes) => {
      now += 500;
      lanes.moved(bytes);
      between(lanes);
      return lanes.target;
    });
  };

  it('grow while that is faster, to eight at most, and go back one step where it is not', () => {
    assert.deepEqual(run([10, 20, 40, 80, 160, 320]), [2, 4, 8, 8, 8, 8]);
    assert.deepEqual(run([10, 20, 20, 90, 90]), [2, 4, 2, 2, 2]);
    assert.equal(Math.max(...run(Array.from({ length: 50 }, (_, i) => 2 ** i))), maxLanes);
  });

  it('are fewer, and stay so, where the server has enough', () => {
    assert.deepEqual(
      run([10, 20, 40], (lanes) => lanes.target === 4 && lanes.slowDown()),
      [2, 2, 2],
    );
  });
});

describe('readNote()', () => {
  const url = 'https://example.com/a.iso';
  const note = {
    url,
    identity: { etag: '"1"', total: 100 },
    answer: { url, headers: { 'content-type': 'application/zip' } },
    done: [
      [0, 10],
      [20, 30],
    ] as const,
    resumed: 1,
  };

  it('gives back what was noted', () => {
    assert.deepEqual(readNote(encodeNote(note), url, 30), { version: 1, ...note });
  });

  it('makes nothing of a note that is damaged, of another file, or says more than lies there', () => {
    const text = encodeNote(note);
    for (const [bad, of = url, size = 30] of [
      [undefined],
      [''],
      [text.slice(1)],
      [text.replace('"version":1', '"version":2')],
      [text, 'https://example.com/b.iso'],
      [text, url, 29],
      [encodeNote({ ...note, done: [[0, 101]] }), url, 200],
      [encodeNote({ ...note, done: [[5, 5]] })],
      [encodeNote({ ...note, done: [] })],
      ['[]'],
    ] as const)
      assert.equal(readNote(bad, of, size), undefined, bad);
  });
});
