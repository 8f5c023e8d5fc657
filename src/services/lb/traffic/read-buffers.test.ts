import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReadBuffer, ReadBuffers } from './read-buffers.ts';

const kib = 1024;

test('a stream gets a large buffer, and gives it back when it has become quiet', () => {
  const buffer = new ReadBuffer(new ReadBuffers(1));
  assert.equal(buffer.next(false).length, 8 * kib);
  buffer.note(8 * kib);
  assert.equal(buffer.next(false).length, 64 * kib);
  for (let i = 0; i < 40; i++) buffer.note(100);
  assert.equal(buffer.next(false).length, 8 * kib);
});

test('bytes that wait to be written keep their buffer', () => {
  const buffer = new ReadBuffer(new ReadBuffers(1));
  const first = buffer.next(false);
  buffer.note(8 * kib);
  assert.equal(buffer.next(true), first);
  const large = buffer.next(false);
  for (let i = 0; i < 40; i++) buffer.note(100);
  assert.equal(buffer.next(true), large);
});

test('large buffers are limited, and go from one session to the next', () => {
  const buffers = new ReadBuffers(1);
  const [one, two] = [new ReadBuffer(buffers), new ReadBuffer(buffers)];
  for (const buffer of [one, two]) buffer.note(8 * kib);
  const large = one.next(false);
  assert.equal(two.next(false).length, 8 * kib);
  one.release();
  assert.equal(two.next(false), large);
});
