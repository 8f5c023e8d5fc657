import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exchange, redirect } from '../testing/exchange.ts';
import { countResources, findMissing } from './missing.ts';

const main = 'https://site.test/page';
const lost = { status: 0, body: null, error: 'ConnectionFailed' };

test('findMissing() names each lost resource once, with why', () => {
  const exchanges = [
    exchange(main, { type: 'document', status: 404 }),
    exchange('https://site.test/a.png', { status: 404 }),
    exchange('https://site.test/a.png', { status: 503 }),
    exchange('https://site.test/b.css', { type: 'stylesheet', ...lost }),
    exchange('https://site.test/f', { type: 'document', ...lost }),
  ];
  assert.deepEqual(
    findMissing(exchanges, [{ url: 'https://site.test/c.woff', type: 'font' }], `${main}#top`),
    [
      { url: 'https://site.test/a.png', reason: 'HTTP 503' },
      { url: 'https://site.test/b.css', reason: 'ConnectionFailed' },
      { url: 'https://site.test/f', reason: 'ConnectionFailed' },
      { url: 'https://site.test/c.woff', reason: 'pending' },
    ],
  );
});

test('findMissing() leaves out what nobody sees, what the page gave up, and what came in the end', () => {
  const exchanges = [
    exchange('https://site.test/s.js', { type: 'script', ...lost }),
    exchange('https://site.test/x', { type: 'xhr', ...lost }),
    exchange('https://site.test/given-up.png', { ...lost, error: 'Aborted' }),
    exchange('https://site.test/late.png', lost),
    exchange('https://site.test/late.png'),
    redirect('https://site.test/to', '/late.png'),
  ];
  const pending = [
    { url: 'https://site.test/poll', type: 'fetch' },
    { url: 'https://site.test/late.png', type: 'image' },
  ];
  assert.deepEqual(findMissing(exchanges, pending, main), []);
});

test('countResources() counts each address that a person sees once', () => {
  const exchanges = [exchange('a'), exchange('a'), exchange('b', { type: 'script' }), exchange('c', lost)];
  assert.equal(
    countResources(exchanges, [
      { url: 'd', type: 'font' },
      { url: 'e', type: 'fetch' },
    ]),
    3,
  );
});
