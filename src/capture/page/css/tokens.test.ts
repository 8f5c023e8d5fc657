import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { type CSSToken, tokenize } from '@csstools/css-tokenizer';
import * as fc from 'fast-check';
import { createBreather } from './breather.ts';
import { readTokens } from './tokens.ts';

/** The tokens that were given, with their places in the whole text, and whether those were all. */
async function read(css: string, limit?: number): Promise<{ tokens: unknown[]; all: boolean }> {
  const tokens: unknown[] = [];
  const take = ([type, raw, , , value]: CSSToken, start: number) =>
    tokens.push([type, raw, start, start + raw.length - 1, value]);
  const all = await readTokens(css, take, createBreather(), limit);
  return { tokens, all };
}

test('readTokens() gives what the text is made of, and tells where it is too much', async () => {
  const long = 'x'.repeat(5_000);
  for (const css of [
    '',
    'a{b:url(c)}',
    "a{content:'\n'} /* d",
    'a{b:c}'.repeat(5_000),
    `a{b:url(data:,${long});c:"${long}"}/*${long}*/d{e:url("${long}")}/*${long}`,
  ]) {
    const tokens = tokenize({ css }).slice(0, -1);
    assert.deepEqual(await read(css), { tokens, all: true });
    assert.deepEqual(await read(css, tokens.length), { tokens, all: true });
    if (tokens.length === 0) continue;
    assert.deepEqual(await read(css, tokens.length - 1), { tokens: tokens.slice(0, -1), all: false });
  }
});

test('tokens lie side by side, whatever the text is', async () => {
  const pieces = fc.constantFrom(
    ...['url(', ')', '"', "'", '\\', '\\72 ', '\n', '\r\n', '\f', '\0', '\ud800', '\udc00', '\u{1f600}', 'é'],
    ...'@ # <!-- --> - + . 1 e3 % /* */ / { } ( ; : a'.split(' '),
    ' ',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 20 }), async (parts) => {
      const css = parts.join('');
      assert.deepEqual((await read(css)).tokens, tokenize({ css }).slice(0, -1));
    }),
  );
});

test('readTokens() makes no stack traces of its own, and leaves those of others alone while it pauses', async () => {
  const { stackTraceLimit } = Error;
  const within = new Set<number>();
  const between = new Set<number>();
  const breathe = async () => void between.add(Error.stackTraceLimit);
  const take = () => void within.add(Error.stackTraceLimit);
  await readTokens("'\n".repeat(5_000), take, { isDue: () => true, breathe });
  await assert.rejects(
    readTokens('a', () => assert.fail('taken'), createBreather()),
    /taken/,
  );
  assert.deepEqual([...within, ...between, Error.stackTraceLimit], [0, stackTraceLimit, stackTraceLimit]);
});

/** Runs in a process of its own, since a text that takes for ever or takes all memory must not take the tests with it. */
function ends(script: string): void {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const imports = `import { rewriteCss } from ${url('./rewrite-css.ts')}; import { inertCss } from ${url('./inert-css.ts')};
    const rewrite = async (css) => inertCss(await rewriteCss(css, 'http://a.test/', () => undefined));`;
  const ended = spawnSync(
    process.execPath,
    ['--max-old-space-size=1024', '--input-type=module', '--eval', imports + script],
    { timeout: 60_000 },
  );
  assert.equal(ended.signal, null, `it ran out of time or memory: ${ended.stderr.toString().slice(-300)}`);
  assert.equal(ended.status, 0, ended.stderr.toString());
}

test('a style sheet of the largest size that is read takes neither the memory nor the day', () => {
  ends(`for (const piece of [',', '{', '"a"', '@', '(', 'url("a"'])
    if (await rewrite(piece.repeat(32e6 / piece.length) + 'url(x) <a') !== '') throw new Error(piece);`);
});

test('blocks that nest deeply are rewritten in linear time', () => {
  ends(`const css = '{'.repeat(1e6) + 'a{b:url(http://evil.test/)}';
    if ((await rewrite(css)).includes('evil')) throw new Error('kept');`);
});
