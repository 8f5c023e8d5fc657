import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TokenType, tokenize } from '@csstools/css-tokenizer';
import * as fc from 'fast-check';
import type { CssUrlKind } from './place.ts';
import { rewriteCss } from './rewrite-css.ts';

const base = 'https://site.test/css/main.css';
const digest = `sha256-${'a'.repeat(64)}`;

/** What the rewriter asked for, and what it wrote. */
async function rewrite(text: string): Promise<{ css: string; asked: [string, CssUrlKind][] }> {
  const asked: [string, CssUrlKind][] = [];
  const css = await rewriteCss(text, base, (url, kind) => {
    asked.push([url, kind]);
    return digest;
  });
  return { css, asked };
}
const urlsAsked = async (text: string) =>
  (await rewrite(text)).asked.map(([url]) => url.replace('https://site.test', ''));

describe('rewriteCss()', () => {
  test('finds URLs however they are written', async () => {
    const spellings: [string, string][] = [
      ['a{background:url(x.png)}', '/css/x.png'],
      ['a{background:url( "x.png" )}', '/css/x.png'],
      ["a{background:URL('x.png')}", '/css/x.png'],
      ['a{background:u\\72l(x.png)}', '/css/x.png'],
      ['a{background:\\75\\72\\6c(x.png)}', '/css/x.png'],
      ['a{background:url(x\\.png)}', '/css/x.png'],
      ['a{background:url("x\\\n.png")}', '/css/x.png'],
      ['a{background:url(a\\)b.png)}', '/css/a)b.png'],
      ['a{background:url(a\\ b.png)}', '/css/a%20b.png'],
      ['a{background:url(/r.png?a=1&b=2;c)}', '/r.png?a=1&b=2;c'],
      ['a{background:url(图.png)}', '/css/%E5%9B%BE.png'],
      ['a{background:url(!$%*+,-./:@[]_`{|}~.png)}', '/css/!$%*+,-./:@[]_%60%7B|%7D~.png'],
      ['a{background:src("x.png")}', '/css/x.png'],
      ['a{background:image-set("x.png" 1x)}', '/css/x.png'],
      ['a{background:-webkit-image-set(url(x.png) 2x)}', '/css/x.png'],
      ['a{background:IMAGE-SET("x.png" type("image/png"))}', '/css/x.png'],
      ['a{--b:url(x.png)}', '/css/x.png'],
      ['a{background:cross-fade(url(x.png),10%)}', '/css/x.png'],
      ['@media screen{@supports (x:y){a{background:url(x.png)}}}', '/css/x.png'],
      ['a{background:url(x.png', '/css/x.png'],
      ['background:/* url(no.png) */url(x.png)', '/css/x.png'],
    ];
    for (const [text, url] of spellings) {
      const { css } = await rewrite(text);
      assert.deepEqual(await urlsAsked(text), [url], text);
      assert.ok(css.includes(digest), css);
    }
  });

  test('lets no address in by way of a variable, a condition, a function or a fallback', async () => {
    const evil = 'http://evil.test/x';
    for (const text of [
      `a{--u:"${evil}";background:image-set(var(--u) 1x)}`,
      `a{background:image-set(var(--none,"${evil}") 1x)}`,
      `a{background:-webkit-image-set(V\\61r(--u) 1x)}`,
      `a{background:image-set(if(style(--a:b):"${evil}";else:"${evil}") 1x)}`,
      `a{background:src(var(--u))}`,
      `a{background:image-set(--own() 1x)}`,
      `a{background:image-set(env(x) 1x, attr(data-x type(<string>)) 2x)}`,
    ])
      assert.match((await rewrite(text)).css, /(image-set|src)\(none\(/, text);
    for (const text of [
      `a{--a: ;background:var(--a,@namespace) url(${evil})}`,
      `--a: ;background:var(--a,(;@namespace)) url("${evil}")`,
      `@namespace x url(${evil});`,
    ])
      assert.deepEqual(await urlsAsked(text), [evil], text);
    const plain = 'a{background:image-set(linear-gradient(var(--a),red) 1x, url(x.png) calc(1x*2))}';
    assert.equal((await rewrite(plain)).css, plain.replace('url(x.png)', `url("${digest}")`));
  });

  test('leaves strings, comments and unparsable addresses alone', async () => {
    for (const text of [
      'a{content:"url(x.png)"}',
      '/* url(x.png) @import "y" */',
      'a{background:url(a"b)}',
      'a[href="x.png"]{content:attr(href)}',
      'a{font-family:"image-set(x)"}',
      '@namespace svg url(http://www.w3.org/2000/svg);',
      '@NAMESPACE "http://www.w3.org/1999/xhtml";',
      '@charset "utf-8";',
      '@layer url, import;',
    ])
      assert.deepEqual(await rewrite(text), { css: text, asked: [] }, text);
    assert.deepEqual(await rewrite('a{background:url(http://[)}'), {
      css: 'a{background:url("data:,")}',
      asked: [],
    });
    assert.deepEqual((await rewrite('a{background:url()}')).css, 'a{background:url("data:,")}');
  });

  test('tells sheets, fonts and pictures apart', async () => {
    const kinds = async (text: string) => (await rewrite(text)).asked.map(([, kind]) => kind);
    assert.deepEqual(await kinds('@import "a.css" layer(x) supports(display:grid) screen;'), ['import']);
    assert.deepEqual(await kinds('@IMPORT url(a.css);a{background:url(b)}'), ['import', 'image']);
    assert.deepEqual(await kinds('@\\69mport/**/"a.css"'), ['import']);
    assert.deepEqual(
      await kinds('@font-face{src:url(f.woff2)format("woff2"),local("F")}a{background:url(b)}'),
      ['font', 'image'],
    );
    assert.deepEqual(await kinds('@media print{@font-face{src:url(f)}}@namespace "n";a{background:url(b)}'), [
      'font',
      'image',
    ]);
  });

  test('keeps the words of an @import around its address', async () => {
    assert.equal(
      (await rewrite('@import url("a.css") layer(x.y) supports(font: "z") screen and (width > 1px);')).css,
      `@import url("${digest}") layer(x.y) supports(font: "z") screen and (width > 1px);`,
    );
  });

  test('keeps fragments of the document and data: addresses', async () => {
    assert.equal(
      (await rewrite('a{fill:url(#g);mask:url("data:,x")}')).css,
      'a{fill:url("#g");mask:url("data:,x")}',
    );
    assert.deepEqual((await rewrite('a{fill:url(#g)}')).asked, []);
  });

  test('an address cannot end the string that it is written into', async () => {
    for (const end of ['\\a ', '\\d ', '\\c ', '\\22 ', '\\5c ', '\\0 '])
      for (const [open, close] of [
        ['url(', ')'],
        ['url("', '")'],
      ]) {
        const { css } = await rewrite(`a{background:${open}data:,${end};\\}b\\{c:d${close}}e{f:g}`);
        const types = tokenize({ css }).map(([type]) => type);
        assert.equal(types.filter((type) => type === TokenType.OpenCurly).length, 2, css);
        assert.ok(!types.includes(TokenType.BadString) && !types.includes(TokenType.BadURL), css);
      }
    const odd = await rewriteCss('a{background:url(x)}', base, () => 'data:,"\n\\');
    assert.equal(odd, 'a{background:url("data:,\\"\\a \\\\")}');
  });

  test('turns states that a replay cannot have into attributes', async () => {
    const cases: [string, string][] = [
      ['x-a:defined{}', 'x-a:is(*){}'],
      ['x-a:not(:DEFINED){}', 'x-a:not(:is(*)){}'],
      ['x-a:state(on){}', 'x-a:is([data-holdfast-state~="on"]){}'],
      ['x-a:/**/state(/**/\n on )::before{}', 'x-a:/**/is([data-holdfast-state~="on"])::before{}'],
      ['dialog:modal{}', 'dialog:is([data-holdfast-state~="modal"]){}'],
      ['a:popover-open{}', 'a:is([data-holdfast-state~="popover-open"]){}'],
      ['a{b:c}defined{}', 'a{b:c}defined{}'],
    ];
    for (const [from, to] of cases) assert.equal((await rewrite(from)).css, to);
    const escaped = await rewrite('x-a:state(a\\22\\]\\)\\{b){}');
    assert.equal(escaped.css, 'x-a:is([data-holdfast-state~="a\\"]){b"]){}');
    for (const mistake of [
      'x:state(){}',
      'x:state(a b){}',
      'x:state("a){}',
      'x:state(a',
      'x:state(:state(a)){}',
    ])
      assert.ok((await rewrite(mistake)).css.startsWith('x:state('), mistake);
  });

  test('asks for one address after the other and waits for each answer', async () => {
    const steps: string[] = [];
    const css = await rewriteCss('@import "a";@import "b";c{d:url(e)}', base, async (url) => {
      steps.push(`asked ${url.at(-1)}`);
      await new Promise(setImmediate);
      steps.push(`told ${url.at(-1)}`);
      return url.endsWith('b') ? undefined : url.at(-1);
    });
    assert.equal(css, '@import "a";@import "data:,";c{d:url("e")}');
    assert.deepEqual(steps, ['asked a', 'told a', 'asked b', 'told b', 'asked e', 'told e']);
  });

  test('text that reads as a reference is none afterwards', async () => {
    const pattern = /sha256-[0-9a-f]{64}/;
    for (const text of [
      `a{content:"${digest}"}`,
      `.${digest}{}`,
      `/* ${digest} */`,
      `a{background:url(data:,${digest})}`,
      `a{fill:url(#${digest})}`,
      `a{background:url("data:,sha256\\2d ${'b'.repeat(64)}")}`,
      `x:state(${digest}){}`,
    ])
      assert.doesNotMatch(await rewriteCss(text, base, () => undefined), pattern, text);
  });

  test('text without addresses comes out as it went in', async () => {
    const words = fc.constantFrom(
      ...' a { } : ; ( ) [ ] , > + ~ * # . "x" \'y\' /*c*/ @media and 1px -2.5e3% rgb( var(--x) ! <!-- --> \n 漢 \u{1f600} | = ^ $ & % @layer'.split(
        ' ',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 40 }), async (parts) => {
        const text = parts.join(' ');
        assert.equal(await rewriteCss(text, base, () => assert.fail('asked')), text);
      }),
    );
  });

  test('no address in the result leads outside, whatever the text is', async () => {
    const pieces = fc.constantFrom(
      ...[
        'url(',
        'URL("',
        "src('",
        'image-set("',
        ')',
        '"',
        "'",
        '\\',
        '\\72 ',
        '\n',
        '@import ',
        '@font-face{',
        '{',
        '}',
        ';',
        ':',
        '/*',
        '*/',
        '#',
        'data:',
        'http://e.test/',
        '//e.test/x',
        'x',
        ' ',
        ',',
        'sha256-',
        '@namespace ',
        '(',
        ':state(',
        '<!--',
        'u\\72l(',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 24 }), async (parts) => {
        const { css } = await rewrite(parts.join(''));
        let namespace = false;
        const functions: string[] = [];
        for (const token of tokenize({ css })) {
          const [type] = token;
          if (type === TokenType.AtKeyword) namespace = token[4].value.toLowerCase() === 'namespace';
          if (type === TokenType.Semicolon || type === TokenType.OpenCurly || type === TokenType.CloseCurly)
            // Neither may stand inside a function that a browser understands.
            [namespace, functions.length] = [false, 0];
          if (type === TokenType.Function) functions.push(token[4].value.toLowerCase());
          else if (type === TokenType.OpenParen) functions.push('');
          else if (type === TokenType.CloseParen) functions.pop();
          const isUrl =
            type === TokenType.URL ||
            (type === TokenType.String && /^(url|src|image-set)$/.test(functions.at(-1) ?? ''));
          if (isUrl && !namespace) assert.match(token[4].value, /^(sha256-|data:|#)/i, css);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
