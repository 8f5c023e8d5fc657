import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { comparisonKey } from './comparison-key.ts';
import { trackingParameters } from './tracking-parameters.ts';

const key = (url: string) => comparisonKey(new URL(url));

const same: readonly (readonly [string, string])[] = [
  ['HTTPS://Example.COM/a', 'https://example.com/a'],
  ['https://example.com:443', 'https://example.com/'],
  ['http://example.com:80/', 'http://example.com'],
  ['https://example.com./a', 'https://example.com/a'],
  ['https://例子.中国/页', 'https://xn--fsqu00a.xn--fiqs8s/%e9%a1%b5'],
  ['https://example.com/a?utm_source=x&utm_Medium=y', 'https://example.com/a'],
  ['https://example.com/a?b=1&gclid=2&c=3', 'https://example.com/a?b=1&c=3'],
  ['https://example.com/a?%75tm_source=x', 'https://example.com/a'],
  ['https://example.com/a?', 'https://example.com/a'],
  ['https://example.com/a?x=1&', 'https://example.com/a?x=1'],
  ['https://example.com/a#section', 'https://example.com/a'],
  ['https://example.com/a#:~:text=word', 'https://example.com/a'],
  ['https://example.com/#/r:~:text=word', 'https://example.com/#/r'],
  ['https://example.com/%7euser/%2f', 'https://example.com/~user/%2F'],
  ['https://example.com/a/./b/../c', 'https://example.com/a/c'],
  ['https://example.com/100%', 'https://example.com/100%25'],
  ['https://youtu.be/x?si=abc', 'https://youtu.be/x'],
  ['https://www.bilibili.com/video/BV1?vd_source=1', 'https://www.bilibili.com/video/BV1'],
];
const different: readonly (readonly [string, string])[] = [
  ['http://example.com/', 'https://example.com/'],
  ['https://example.com/a', 'https://example.com/A'],
  ['https://example.com/a', 'https://example.com/a/'],
  ['https://example.com:8443/', 'https://example.com/'],
  ['https://example.com/?a=1&b=2', 'https://example.com/?b=2&a=1'],
  ['https://example.com/?a=1&a=2', 'https://example.com/?a=2&a=1'],
  ['https://example.com/#/one', 'https://example.com/#/two'],
  ['https://example.com/#!one', 'https://example.com/'],
  ['https://example.com/?ref=v1', 'https://example.com/?ref=v2'],
  ['https://example.com/?id=1', 'https://example.com/'],
  ['https://example.com/?si=1', 'https://example.com/'],
  ['https://notyoutu.be/?si=1', 'https://notyoutu.be/'],
  ['https://example.com/?redirect=https%3A%2F%2Fa%2F%3Futm_source%3Dx', 'https://example.com/'],
  ['https://example.com/a%2Fb', 'https://example.com/a/b'],
];

test('comparisonKey() is one for spellings of one link', () => {
  for (const [a, b] of same) assert.equal(key(a), key(b), `${a} and ${b}`);
});

test('comparisonKey() keeps apart what may be two pages', () => {
  for (const [a, b] of different) assert.notEqual(key(a), key(b), `${a} and ${b}`);
});

const parameterName = fc
  .stringMatching(/^[a-z0-9%+._[\]-]{1,12}$/)
  .filter(
    (name) => !trackingParameters.some((known) => name.toLowerCase().startsWith(known.name.replace('*', ''))),
  )
  .filter((name) => !/%[2-7]/.test(name));
const query = fc.array(fc.tuple(parameterName, fc.stringMatching(/^[^\s#&]{0,12}$/)), { maxLength: 6 });
const url = fc.record({
  base: fc.webUrl({ withFragments: false, withQueryParameters: false }),
  path: fc.stringMatching(/^[^?#\s\\]{0,20}$/),
  query,
  fragment: fc.oneof(fc.constant(''), fc.stringMatching(/^#[/!]?[a-z%/0-9]{0,10}$/)),
});
type Parts = typeof url extends fc.Arbitrary<infer P> ? P : never;
const write = ({ base, path, query: pairs, fragment }: Parts, more: readonly string[] = []) =>
  `${base}/${path}?${[...pairs.map(([name, value]) => `${name}=${value}`), ...more].join('&')}${fragment}`;

test('comparisonKey() of a key is the key', () => {
  fc.assert(
    fc.property(url, (parts) => {
      fc.pre(URL.canParse(write(parts)));
      const once = key(write(parts));
      assert.equal(key(once), once);
    }),
    { numRuns: 500 },
  );
});

test('comparisonKey() does not see tracking parameters, wherever they stand', () => {
  const tracking = fc.constantFrom(...trackingParameters.filter((one) => one.hosts === undefined));
  fc.assert(
    fc.property(url, tracking, fc.nat(6), fc.boolean(), (parts, { name }, place, upper) => {
      fc.pre(URL.canParse(write(parts)));
      const plain = name.replace('*', 'any');
      const at = Math.min(place, parts.query.length);
      const pair: [string, string] = [upper ? plain.toUpperCase() : plain, 'x'];
      assert.equal(key(write({ ...parts, query: parts.query.toSpliced(at, 0, pair) })), key(write(parts)));
    }),
    { numRuns: 500 },
  );
});

test('comparisonKey() sees a change of any other parameter', () => {
  fc.assert(
    fc.property(url, parameterName, (parts, name) => {
      fc.pre(URL.canParse(write(parts)));
      assert.notEqual(key(write(parts, [`${name}=1`])), key(write(parts, [`${name}=2`])));
    }),
    { numRuns: 500 },
  );
});
