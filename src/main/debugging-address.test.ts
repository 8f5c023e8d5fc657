import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEgressGuard } from '../capture/index.ts';
import { hasCode } from '../kernel/index.ts';
import { debuggingAddress } from './debugging-address.ts';

test('debuggingAddress() names the place of a browser that runs already', () => {
  const places: [string | null, readonly string[]][] = [
    ['ws://127.0.0.1:9222/devtools/browser/x', ['127.0.0.1:9222']],
    ['http://localhost:9222', ['localhost:9222']],
    ['wss://[fd00::1]/devtools', ['[fd00::1]:443']],
    ['http://10.0.0.7', ['10.0.0.7:80']],
    ['http://browser.lan:9222', []],
    ['/usr/bin/chromium', []],
    ['http://:', []],
    [null, []],
  ];
  for (const [browser, place] of places) assert.deepEqual(debuggingAddress(browser), place, String(browser));
});

test('no capture reaches the debugging port of its browser, whatever ranges are allowed', async () => {
  const never = debuggingAddress('http://localhost:9222');
  const guard = createEgressGuard({ policy: { allow: ['127.0.0.0/8', '::1/128'], never } });
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '0x7f.1'])
    await assert.rejects(
      guard.resolve(host, 9222),
      (error) => hasCode(error, 'capture.refusedAddress') && error.details.reason === 'own-service',
    );
  assert.equal((await guard.resolve('127.0.0.1', 9223)).port, 9223);
});
