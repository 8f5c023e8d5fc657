import type { FidelityCase } from '../harness/case.ts';
import { page } from '../harness/page.ts';
import { encode } from '../material/encode.ts';

interface Charset {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  /** Where the page says which encoding it has. */
  readonly said: 'header' | 'meta' | 'mark' | 'nowhere';
}

const charsets: readonly Charset[] = [
  { name: 'gbk-header', label: 'gbk', text: '离线安装指南：镜像仓库', said: 'header' },
  { name: 'gbk-meta', label: 'gbk', text: '负载均衡与域名解析', said: 'meta' },
  { name: 'gb18030-meta', label: 'gb18030', text: '生僻字㐀与表情😀', said: 'meta' },
  { name: 'big5-meta', label: 'big5', text: '繁體中文的網頁，許功蓋', said: 'meta' },
  { name: 'shift-jis-header', label: 'shift_jis', text: '日本語のページ、表示ソース', said: 'header' },
  { name: 'euc-jp-meta', label: 'euc-jp', text: '日本語の文字コード', said: 'meta' },
  { name: 'euc-kr-meta', label: 'euc-kr', text: '한국어 문서입니다', said: 'meta' },
  { name: 'iso-8859-2-header', label: 'iso-8859-2', text: 'Příliš žluťoučký kůň', said: 'header' },
  { name: 'iso-8859-15-meta', label: 'iso-8859-15', text: 'Œuvre à 5 €', said: 'meta' },
  { name: 'windows-1251-meta', label: 'windows-1251', text: 'Страница на русском', said: 'meta' },
  { name: 'utf-16le-mark', label: 'utf-16le', text: 'UTF-16 中文 little', said: 'mark' },
  { name: 'utf-16be-mark', label: 'utf-16be', text: 'UTF-16 中文 big', said: 'mark' },
  { name: 'latin-nowhere', label: 'windows-1252', text: 'Café “naïve” – déjà vu', said: 'nowhere' },
];

function charsetCase({ name, label, text, said }: Charset): FidelityCase {
  const html = page({
    title: text,
    body: `<h1>${text}</h1><p>${text}</p>`,
    charset: said === 'meta' ? label : '',
  });
  const mark = said === 'mark' ? '\ufeff' : '';
  return {
    name: `charset-${name}`,
    promise: `a page in ${label}, said in the ${said}, comes out right`.replace(
      'said in the nowhere',
      'said nowhere',
    ),
    routes: {
      '': {
        body: encode(mark + html, label),
        type: said === 'header' ? `text/html; charset=${label}` : 'text/html',
      },
    },
    expect: { texts: [text] },
  };
}

/** Encodings, scripts and directions. */
export const writingCases: readonly FidelityCase[] = [
  ...charsets.map(charsetCase),
  {
    name: 'charset-mark-over-header',
    promise: 'a byte order mark wins over a header that says otherwise',
    routes: {
      '': {
        body: `\ufeff${page({ body: '<p>真正的 UTF-8</p>', charset: '' })}`,
        type: 'text/html; charset=gbk',
      },
    },
    expect: { texts: ['真正的 UTF-8'] },
  },
  {
    name: 'charset-of-parts',
    promise: 'a sheet and a frame in other encodings than their page come out right',
    routes: {
      '': page({
        head: '<link rel="stylesheet" href="g.css">',
        body: '<p class="a">Page </p><iframe src="f.html"></iframe>',
      }),
      'g.css': { body: encode('@charset "gbk";.a::after{content:"样式中的字"}', 'gbk'), type: 'text/css' },
      'f.html': { body: encode('<meta charset="big5"><p>框架裡的字</p>', 'big5'), type: 'text/html' },
    },
    expect: { texts: ['样式中的字', '框架裡的字'] },
  },
  {
    name: 'writing-right-to-left',
    promise: 'right-to-left text keeps its direction and isolation',
    routes: {
      '': page({
        lang: 'ar',
        body: '<div dir="rtl"><h1>التثبيت دون اتصال</h1><p>العنوان <bdi>example.test</bdi> ثم 123، و<bdo dir="ltr">abc</bdo>.</p></div><p dir="auto">עברית ואז English</p>',
      }),
    },
    expect: { texts: ['التثبيت دون اتصال'] },
  },
  {
    name: 'writing-ruby-vertical',
    promise: 'ruby and vertical text look as they looked',
    routes: {
      '': page({
        lang: 'zh',
        body: '<p style="font-size:30px"><ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby></p><div style="writing-mode:vertical-rl;height:200px;font-size:24px">直排的文字<span style="text-combine-upright:all">12</span>月</div>',
      }),
    },
    expect: { texts: ['漢', 'hàn', '直排的文字'] },
  },
  {
    name: 'writing-mathml',
    promise: 'MathML is kept as MathML',
    routes: {
      '': page({
        body: '<math display="block"><mfrac><mrow><mo>−</mo><mi>b</mi><mo>±</mo><msqrt><msup><mi>b</mi><mn>2</mn></msup><mo>−</mo><mn>4</mn><mi>a</mi><mi>c</mi></msqrt></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac></math>',
      }),
    },
    expect: { texts: ['±'] },
  },
  {
    name: 'writing-odd-markup',
    promise: 'markup that a parser would read differently a second time shows the same text',
    routes: {
      '': page({
        body: `<p>Para<div>not within it</div><table><b>fostered</b><tr><td>cell</table><pre>\n\nlines</pre><textarea>\n\nkept</textarea>
          <plaintext-not>x</plaintext-not><script>
          const p = document.createElement('p'); p.append(Object.assign(document.createElement('div'), { textContent: 'a block in a paragraph' }));
          const a = document.createElement('a'); a.href = '#'; a.append('link', Object.assign(document.createElement('a'), { href: '#', textContent: 'in a link' }));
          document.body.append(p, a, document.createTextNode('<b>not bold</b> & such'), document.createComment('--> <p>leak</p>'));</script>`,
      }),
    },
    expect: { texts: ['a block in a paragraph', '<b>not bold</b> & such'] },
  },
];
