import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutHints } from './inert-html.ts';

const filter = (html: string) => {
  const result = withoutHints(Buffer.from(html));
  return result === 'unfit' ? result : Buffer.from(result).toString();
};

test('links that connect or resolve by themselves lose their rel, however they are written', () => {
  const tags = [
    '<link rel=preconnect href=//x>',
    '<LINK HREF=//x REL="PreConnect">',
    "<link\nrel\n=\n'icon dns-prefetch' href=//x>",
    '<link/rel=preconnect/href=//x>',
    '<link rel="pre&#99;onnect" href=//x>',
    '<link title=">" rel=preconnect href=//x>',
    "<link title='\"' rel=preconnect href=//x>",
    '<link rel=preconnect href=//x',
    '<!-- <link title=" --> <link rel=preconnect href=//x> ">',
    '<p title="<link rel=preconnect href=//x>">',
    '<template shadowrootmode=open><link rel=prerender href=//x></template>',
  ];
  for (const html of tags) {
    const result = filter(html);
    assert.equal(result.length, html.length, html);
    assert.match(result, /\bxel\s*=/i, html);
    assert.doesNotMatch(result, /\brel\s*=\s*["']?[^"'>]*(?:pre(?:connect|render)|dns-prefetch)/i, html);
  }
});

test('attributes are told from values as a browser tells them', () => {
  const pairs = [
    ['<link a= rel=x rel=preconnect href=//x>', '<link a= rel=x xel=preconnect href=//x>'],
    ['<link =rel rel=preconnect>', '<link =rel xel=preconnect>'],
    ['<link a="rel=preconnect" rel=icon>', '<link a="rel=preconnect" rel=icon>'],
    ["<link a='>' rel='preconnect'>", "<link a='>' xel='preconnect'>"],
    ['<link a=">rel=preconnect', '<link a=">rel=preconnect'],
    ['<link rel=>rel=preconnect', '<link rel=>rel=preconnect'],
  ] as const;
  for (const [html, result] of pairs) assert.equal(filter(html), result);
});

test('meta keeps what describes the document and loses what would act', () => {
  for (const html of [
    '<meta http-equiv="refresh" content="0;url=//x">',
    '<META CONTENT="0;url=//x" HTTP-EQUIV=Refresh>',
    '<meta\nhttp-equiv = " ref&#114;esh" content="0;url=//x">',
    '<meta/http-equiv=x-dns-prefetch-control content=on>',
    '<p title="<meta http-equiv=refresh content=0>">',
  ])
    assert.match(filter(html), /xttp-equiv/i, html);
  for (const html of [
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
    '<meta http-equiv=content-security-policy content="default-src *">',
    '<meta name=refresh content="0;url=//x">',
  ])
    assert.equal(filter(html), html);
});

test('a document within an attribute is not read a second time', () => {
  assert.equal(
    filter('<iframe src=a SrcDoc="&lt;link rel=preconnect href=//x>"></iframe>'),
    '<iframe src=a xrcDoc="&lt;link rel=preconnect href=//x>"></iframe>',
  );
});

test('everything else stays as it is, to the byte', () => {
  const kept = [
    '<link rel=stylesheet href=sha256-aa><p>文字 preconnect, srcdoc="x" and rel=preconnect in the text</p>',
    '<linker rel=preconnect><iframes srcdoc=x><a rel="preconnect">x</a>',
    '<link rel="stylesheet" href="data:text/css,a>b{}"><link rel=icon href=x title="dns-prefetch">',
    '<pre>&lt;link rel="preconnect"></pre>',
    '',
    '<link',
    '<link ',
    '<link rel',
    '<link rel=',
    '<link rel="',
  ];
  for (const html of kept) assert.equal(filter(html), html);
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x00, 0x3c]);
  assert.equal(withoutHints(bytes), bytes);
});

test('a document that a browser would not read as UTF-8 is unfit', () => {
  for (const mark of [
    [0xfe, 0xff],
    [0xff, 0xfe],
  ])
    assert.equal(withoutHints(Buffer.from([...mark, 0x3c, 0])), 'unfit');
});

test('a document made to take for ever is unfit', () => {
  assert.equal(filter('<link '.repeat(20_000)), 'unfit');
  assert.equal(filter('<link title="x">'.repeat(20_000)), '<link title="x">'.repeat(20_000));
});
