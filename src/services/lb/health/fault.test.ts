import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf } from './fault.ts';

test('what this machine has run out of is not held against a backend', () => {
  for (const code of ['EMFILE', 'ENFILE', 'ENOBUFS', 'EADDRNOTAVAIL'])
    assert.equal(faultOf(Object.assign(new Error(code), { code })), undefined);
  assert.deepEqual(faultOf(Object.assign(new Error('x'), { code: 'EHOSTUNREACH' })), {
    reason: 'unreachable',
    detail: 'EHOSTUNREACH',
  });
});
