import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenize } from '@csstools/css-tokenizer';
import * as fc from 'fast-check';
import { inertCss } from './inert-css.ts';

const valuesOf = (css: string) =>
  tokenize({ css })
    .filter(([type]) => !/^(whitespace-token|comment|CDO-token)$/.test(type))
    .map((token) => [token[0], token[4] ?? token[1]]);

test('inertCss() leaves nothing that a parser takes for a tag', async () => {
  const pieces = fc.constantFrom(
    '<',
    '\\',
    '"',
    "'",
    'img',
    '/',
    '!',
    '?',
    '--',
    'url(',
    ')',
    '/*',
    '*/',
    ' ',
    '\n',
    '{',
    '}',
    'style>',
    '\\<',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (parts) => {
      assert.doesNotMatch(await inertCss(parts.join('')), /<[a-z/!]/i);
    }),
    { numRuns: 1_000 },
  );
});

test('inertCss() keeps what the sheet means', async () => {
  for (const css of [
    'a{content:"</style><b>"}',
    'a{content:"\\\\<b \\<c"}',
    'a{background:url(data:image/svg+xml,<svg/>)}',
    '@media (400px<width<=700px){a{b:c}}',
    '/*</style>*/ a{b:c} <!-- d{e:f} -->',
    '.a\\<b{c:d}',
  ])
    assert.deepEqual(valuesOf(await inertCss(css)), valuesOf(css), css);
  const plain = 'a < b{c:"1 < 2"}';
  assert.equal(await inertCss(plain), plain);
});
