import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { findInitramfsFiles, packInitramfs } from './cpio.ts';

test('what is packed is found again, and the same input gives the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.nat(64), (contents, padding) => {
      const packed = packInitramfs('config.ign', contents);
      assert.deepEqual(packInitramfs('config.ign', contents), packed);
      const area = Buffer.concat([packed, Buffer.alloc(padding)]);
      assert.deepEqual(findInitramfsFiles(area)?.get('config.ign'), Buffer.from(contents));
    }),
    { numRuns: 50 },
  );
});

test('a damaged or hostile archive is not read, and does not take memory', () => {
  const packed = packInitramfs('config.ign', Buffer.from('{}'));
  assert.equal(findInitramfsFiles(packed.subarray(0, packed.length - 20)), undefined);
  const plain = gunzipSync(packed);
  plain.write('ffffffff', 54, 'latin1');
  assert.equal(findInitramfsFiles(plain), undefined);
  assert.equal(findInitramfsFiles(gzipSync(Buffer.alloc(64 * 1024 * 1024))), undefined);
  assert.equal(findInitramfsFiles(Buffer.from('\xfd7zXZ\0', 'latin1')), undefined);
});
