import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exchange, redirect } from '../testing/exchange.ts';
import { indexResources, locationOf } from './resources.ts';

const site = 'https://site.test';
const found = (exchanges: Parameters<typeof indexResources>[0], url: string) =>
  indexResources(exchanges).find(url)?.exchange.url;

describe('indexResources()', () => {
  test('follows redirects, relative ones and those with fragments too', () => {
    const chain = [
      redirect(`${site}/a`, '/b#part', 301),
      redirect(`${site}/b`, 'c', 307),
      redirect(`${site}/c`, '//other.test/d', 308),
      exchange('https://other.test/d'),
    ];
    assert.equal(found(chain, `${site}/a#x`), 'https://other.test/d');
    assert.equal(found(chain.slice(0, 3), `${site}/a`), undefined);
  });

  test('ends in a loop, after a chain without end and at a location that is none', () => {
    assert.equal(found([redirect(`${site}/a`, '/b'), redirect(`${site}/b`, '/a')], `${site}/a`), undefined);
    const chain = Array.from({ length: 50 }, (_, i) => redirect(`${site}/${i}`, `/${i + 1}`));
    assert.equal(found([...chain, exchange(`${site}/50`)], `${site}/0`), undefined);
    assert.equal(found([...chain, exchange(`${site}/50`)], `${site}/40`), `${site}/50`);
    assert.equal(locationOf(redirect(`${site}/a`, 'http://[')), undefined);
    assert.equal(locationOf(exchange(`${site}/a`, { responseHeaders: [['location', '/b']] })), undefined);
  });

  test('takes the last good answer for an address, and a bad one only where there is no good one', () => {
    const bad = exchange(`${site}/a`, { status: 404, text: 'bad' });
    const lost = exchange(`${site}/a`, { status: 0, body: null, error: 'Aborted' });
    const first = exchange(`${site}/a`, { text: 'first' });
    const second = exchange(`${site}/a`, { text: 'second' });
    for (const all of [
      [first, second],
      [first, second, bad, lost],
      [bad, first, lost, second],
    ])
      assert.equal(indexResources(all).find(`${site}/a`)?.digest, second.body?.digest);
    for (const all of [[bad], [lost], [bad, lost]]) assert.equal(found(all, `${site}/a`), undefined);
  });

  test('knows what was asked for whatever came of it, and takes no answers to other methods', () => {
    const { wasRequested, find } = indexResources([
      exchange(`${site}/post`, { method: 'POST' }),
      exchange(`${site}/lost`, { body: null, error: 'Failed', status: 0 }),
    ]);
    assert.deepEqual([find(`${site}/post`), wasRequested(`${site}/post`)], [undefined, false]);
    assert.deepEqual([find(`${site}/lost#x`), wasRequested(`${site}/lost#x`)], [undefined, true]);
  });
});
