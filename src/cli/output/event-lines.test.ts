import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEventLines } from './event-lines.ts';

test('lines go out in order, one write at a time', () => {
  const written: string[] = [];
  const ends: (() => void)[] = [];
  const lines = createEventLines((text, gone) => {
    written.push(text);
    ends.push(gone);
  }, String);
  for (const line of ['a', 'b', 'c']) lines.say(line);
  assert.deepEqual(written, ['a\n']);
  ends[0]!();
  assert.deepEqual(written, ['a\n', 'b\nc\n']);
});

test('a reader who stands still costs lines, which are counted, and neither time nor memory', () => {
  const written: string[] = [];
  let end = () => {};
  const lines = createEventLines(
    (text, gone) => {
      written.push(text);
      end = gone;
    },
    (count) => `${count} left out`,
  );
  for (let i = 0; i < 10_000; i++) lines.say(`line ${i}`);
  assert.deepEqual(written, ['line 0\n']);
  end();
  const second = written[1]!.trimEnd().split('\n');
  assert.deepEqual([second.length, second[0], second.at(-1)], [501, 'line 1', '9499 left out']);
  end();
  assert.equal(written.length, 2);
});
