import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { tokenize } from '@csstools/css-tokenizer';
import { tokensOf } from './tokens.ts';

test('tokensOf() gives what the text is made of, and nothing of a text with too many', () => {
  for (const css of ['', 'a{b:url(c)}', "a{content:'\n'} /* d"]) {
    const all = tokenize({ css }).slice(0, -1);
    assert.deepEqual(tokensOf(css), all);
    assert.equal(tokensOf(css, all.length)?.length, all.length);
    if (all.length > 0) assert.equal(tokensOf(css, all.length - 1), undefined);
  }
});

/** Runs in a process of its own, since a text that takes for ever or takes all memory must not take the tests with it. */
function ends(script: string): void {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const imports = `import { rewriteCss } from ${url('./rewrite-css.ts')}; import { inertCss } from ${url('./inert-css.ts')};
    const rewrite = (css) => inertCss(rewriteCss(css, 'http://a.test/', () => undefined));`;
  const ended = spawnSync(
    process.execPath,
    ['--max-old-space-size=1024', '--input-type=module', '--eval', imports + script],
    { timeout: 60_000 },
  );
  assert.equal(ended.signal, null, `it ran out of time or memory: ${ended.stderr.toString().slice(-300)}`);
  assert.equal(ended.status, 0, ended.stderr.toString());
}

test('a style sheet of the largest size that is read takes neither the memory nor the day', () => {
  ends(`for (const piece of [',', '{', '"a"', '@', '('])
    if (rewrite(piece.repeat(32e6 / piece.length) + 'url(x) <a') !== '') throw new Error(piece);`);
});

test('blocks that nest deeply are rewritten in linear time', () => {
  ends(`const css = '{'.repeat(1e6) + 'a{b:url(http://evil.test/)}';
    if (rewrite(css).includes('evil')) throw new Error('kept');`);
});
