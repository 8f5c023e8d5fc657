import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenizer } from '@csstools/css-tokenizer';
import * as fc from 'fast-check';
import { longToken } from './long-token.ts';

const long = 'abc/+0'.repeat(1_000);

test('longToken() finds what is long and plain', () => {
  for (const css of [
    `"${long} ' é \u{f900}(/*"`,
    `'${long}"\u0085\u007f'`,
    `url(data:,${long}%23é/*)`,
    `URL(DATA:${long})`,
    `/*${long}\n"**/`,
  ]) {
    assert.deepEqual(longToken(`${css}"')*/`, 0), tokenizer({ css }).nextToken(), css.slice(-20));
    assert.deepEqual(longToken(`a${css}`, 1)?.[1], css);
  }
});

test('longToken() leaves everything else to the tokenizer, or gives what that gives', () => {
  const begins = fc.constantFrom(
    '"',
    "'",
    'url(',
    'url(data:',
    'url( data:',
    'url("',
    '/*',
    '/',
    'u',
    'a',
    '',
  );
  const piece = fc.constantFrom(
    ...[long, '"', "'", ')', '(', '*/', '*', '/', '\\', '\\\n', '\n', '\r', '\f', '\0', '\u{1f600}'],
    ...['\ud800', '\udc00', ' ', '\u00a0', '\x01', '\x7f', 'é', 'data:'],
  );
  let found = 0;
  fc.assert(
    fc.property(begins, fc.array(piece, { maxLength: 6 }), (begin, parts) => {
      const css = begin + parts.join('');
      const token = longToken(css, 0);
      if (token === undefined) return;
      found++;
      assert.deepEqual(token, tokenizer({ css }).nextToken());
    }),
    { numRuns: 2_000 },
  );
  assert.ok(found > 0);
});
