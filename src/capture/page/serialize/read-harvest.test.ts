import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHarvest } from './read-harvest.ts';

const nothing = { fonts: '', blobs: [] };

test('readHarvest() gives what the hooks kept as it is', () => {
  const harvest = {
    fonts: '@font-face{font-family:"a";src:url(a.woff)}',
    blobs: [['blob:http://a/1', 'image/png', 'iVBORw0KGgo=']],
  };
  assert.deepEqual(readHarvest(harvest), harvest);
});

test('readHarvest() takes nothing else from a page that replaced what the hooks call', () => {
  for (const value of [undefined, null, 7, 'text', [], { fonts: {}, blobs: 7 }, { blobs: { length: 3e9 } }])
    assert.deepEqual(readHarvest(value), nothing);
  const blobs = [
    7,
    null,
    'blob:x',
    [],
    ['blob:x'],
    // As bytes, this would be three gigabytes.
    ['blob:x', 'image/png', { length: 3e9 }],
    ['blob:x', ['image/png'], 'AAAA'],
    [{}, 'image/png', 'AAAA'],
    ['http://evil.test/', 'image/png', 'AAAA'],
    ['blob:good', 'image/png', 'AAAA'],
  ];
  assert.deepEqual(readHarvest({ fonts: 7, blobs }).blobs, [['blob:good', 'image/png', 'AAAA']]);
  assert.equal(readHarvest({ blobs: Array(10_000).fill(['blob:x', '', '']) }).blobs.length, 5_000);
});

test('readHarvest() leaves out what is longer in all than a harvest can be', () => {
  const large = 'A'.repeat(40 * 1024 * 1024);
  const { fonts, blobs } = readHarvest({ fonts: large, blobs: [['blob:x', 'image/png', large]] });
  assert.equal(fonts, large);
  assert.deepEqual(blobs, []);
});
