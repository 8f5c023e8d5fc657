import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { parseChallenges } from './challenge.ts';

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, params }) => [scheme, Object.fromEntries(params)]);

describe('parseChallenges()', () => {
  test('reads quoted strings with commas, escapes and any letter case of names', () => {
    assert.deepEqual(
      read('Bearer Realm="https://a.example/token",SERVICE="reg \\"x\\"",scope="repository:a/b:pull,push"'),
      [
        [
          'bearer',
          { realm: 'https://a.example/token', service: 'reg "x"', scope: 'repository:a/b:pull,push' },
        ],
      ],
    );
  });

  test('reads several challenges, with token68, without parameters, and with unquoted values', () => {
    assert.deepEqual(read('Negotiate, Basic realm="a, b" , charset=UTF-8, NTLM abc==, Bearer realm="r"'), [
      ['negotiate', {}],
      ['basic', { realm: 'a, b', charset: 'UTF-8' }],
      ['ntlm', {}],
      ['bearer', { realm: 'r' }],
    ]);
  });

  test('ends at what cannot be read', () => {
    assert.deepEqual(read(''), []);
    assert.deepEqual(read('"x"'), []);
    assert.deepEqual(read('Bearer realm="open'), [['bearer', {}]]);
  });

  test('reads back any parameters that are written by the rules, and never fails', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
    const challenge = fc.tuple(
      fc.stringMatching(/^[A-Z][a-z]{1,8}$/),
      fc.dictionary(name, fc.string(), { minKeys: 1, noNullPrototype: true }),
    );
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 4 }), (challenges) => {
        const header = challenges
          .map(([scheme, params]) => {
            const written = Object.entries(params).map(
              ([key, value]) => `${key}="${value.replace(/["\\]/g, '\\$&')}"`,
            );
            return `${scheme} ${written.join(', ')}`;
          })
          .join(', ');
        assert.deepEqual(
          read(header),
          challenges.map(([scheme, params]) => [scheme.toLowerCase(), params]),
        );
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseChallenges(text))));
  });
});
