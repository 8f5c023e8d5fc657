import type { FidelityCase } from '../harness/case.ts';
import { page, slot } from '../harness/page.ts';
import { greenWebp } from '../material/coded.ts';
import { greenPng, greenSvg, redPng, solid } from '../material/pictures.ts';

const fill = '<i class="fill"></i>';
const paint = (index: number, how = 'background:#00a000') => `.s${index}{${how}}`;

/** Style sheets: how they come in, and what their rules may say. */
export const cssCases: readonly FidelityCase[] = [
  {
    name: 'css-import-chain',
    promise: 'style sheets that import each other across folders are all applied, with layers and conditions',
    routes: {
      '': page({
        head: '<link rel="stylesheet" href="css/a.css"><style>@import url("css/inline.css");</style>',
        body: `${slot(0)}${slot(1)}${slot(2)}${slot(3)}${slot(4)}<p>Imported</p>`,
      }),
      'css/a.css': '@import "deep/b.css" layer(base);@import url(print.css) print;.s0{background:#00a000}',
      'css/print.css': '.slot{background:#c00000 !important}',
      'css/deep/b.css':
        "@import url('../c.css') supports(display: grid) screen;.s1{background:#00a000!important}",
      'css/c.css': '@import\n"d.css";.s2{background:#00a000!important}',
      'css/d.css': '.s3{background:url(pic/g.png)!important}',
      'css/pic/g.png': greenPng,
      'css/inline.css': '.s4{background-image:url("pic/g.png")}',
    },
    expect: { green: 5 },
  },
  {
    name: 'css-foreign-sheet',
    promise: 'a style sheet of another origin, closed to scripts, is kept with its pictures',
    routes: {
      '': ({ at }) =>
        page({
          head: `<link rel="stylesheet" href="${at.host}far.css">`,
          body: `${slot(0)}${slot(1)}<p>Foreign</p>`,
        }),
      'far.css': {
        body: '.s0{background:#00a000}.s1{background:url(far.png)}',
        headers: { 'access-control-allow-origin': 'null' },
      },
      'far.png': greenPng,
    },
    expect: { green: 2 },
  },
  {
    name: 'css-custom-properties',
    promise: 'pictures in inline styles and custom properties resolve against the sheet that wrote them',
    routes: {
      '': page({
        head: '<link rel="stylesheet" href="theme/vars.css">',
        body: `${slot(0, '', 'data-x=1')}${slot(1)}
          <div class="slot" style="left:260px;top:10px;background-image:url(&quot;g.png&quot;)"></div>
          <div class="slot" style="left:385px;top:10px;--own:url(g.png);background:var(--own)"></div>
          <div class="slot" style="left:510px;top:10px;background:var(--none, url('g.png'))"></div><p>Variables</p>`,
      }),
      'theme/vars.css': ':root{--bg:url(t.png);--c:#00a000}.s0{background:var(--bg)}.s1{background:var(--c)}',
      'theme/t.png': greenPng,
      'g.png': greenPng,
    },
    expect: { green: 5 },
  },
  {
    name: 'css-image-set',
    promise: 'the candidate of image-set() that the browser took is kept',
    routes: {
      '': page({
        head: `<style>.s0{background-image:image-set(url(g.png) 1x, url(two.png) 2x)}
          .s1{background-image:-webkit-image-set(url("g.png") 1x, url("two.png") 2x)}
          .s2{background-image:image-set("g.webp" type("image/webp"), "g.png" type("image/png"))}</style>`,
        body: `${slot(0)}${slot(1)}${slot(2)}<p>Sets</p>`,
      }),
      'g.png': greenPng,
      'two.png': redPng,
      'g.webp': greenWebp,
    },
    expect: { green: 3 },
  },
  {
    name: 'css-cssom-rules',
    promise: 'rules that a script inserted, changed or deleted are kept as they stand',
    routes: {
      '': page({
        head: '<style id="a"></style><style id="b">.s1{background:#c00000}</style><link rel="stylesheet" href="c.css">',
        body: `${slot(0)}${slot(1)}${slot(2)}${slot(3)}<p>Inserted</p><script>
          document.querySelector('#a').sheet.insertRule('.s0{background:url(g.png)}');
          document.querySelector('#b').sheet.cssRules[0].style.backgroundColor = '#00a000';
          onload = () => { const sheet = document.querySelector('link').sheet;
            sheet.deleteRule(1); sheet.insertRule('@media screen{.s3{background:#00a000}}', 1); };
        </script>`,
      }),
      'c.css': '.s2{background:#00a000}.s2{background:#c00000}',
      'g.png': greenPng,
    },
    expect: { green: 4 },
  },
  {
    name: 'css-constructed-sheets',
    promise:
      'sheets constructed by scripts and adopted by the document are kept, without those that are disabled',
    routes: {
      '': page({
        body: `${slot(0)}${slot(1)}<p>Adopted</p><script>
          const one = new CSSStyleSheet(); one.replaceSync('.s0{background:#00a000}');
          const two = new CSSStyleSheet({ media: 'screen' }); two.replaceSync('.s1{background:#c00000}');
          two.insertRule('.s1{background:#00a000}', 1);
          const off = new CSSStyleSheet({ disabled: true }); off.replaceSync('.slot{background:#c00000 !important}');
          document.adoptedStyleSheets = [one, two, off];
        </script>`,
      }),
    },
    expect: { green: 2 },
  },
  {
    name: 'css-containers',
    promise: 'container queries answer in the replay as they did live',
    routes: {
      '': page({
        head: `<style>.slot{container:box / inline-size}.wide{width:400px}
          @container box (max-width: 200px){.s0 i{background:#00a000}} @container box (min-width:300px){i{background:#c00000!important}}</style>`,
        body: `${slot(0, fill)}<p>Containers</p>`,
      }),
    },
    expect: { green: 1 },
  },
  {
    name: 'css-layers',
    promise: 'cascade layers keep their order and importance',
    routes: {
      '': page({
        head: `<link rel="stylesheet" href="l.css"><style>@layer late{.s0 i{background:#00a000}.s1 i{background:#c00000!important}}</style>`,
        body: `${slot(0, fill)}${slot(1, fill)}<p>Layers</p>`,
      }),
      'l.css':
        '@layer early, late;@layer early{#x,.s0 i{background:#c00000}.s1 i{background:#00a000!important}}',
    },
    expect: { green: 2 },
  },
  {
    name: 'css-modern-selectors',
    promise: ':has(), nesting, @scope and @property work in the replay',
    routes: {
      '': page({
        head: `<style>.slot:has(> b[hidden]){background:#00a000}
          @property --tone{syntax:"<color>";inherits:true;initial-value:#00a000}
          .s1{& i{background:#00a000}}.s2 i{background:var(--tone)}
          @scope (.s3) to (.limit){i{background:#00a000}}</style>`,
        body: `${slot(0, '<b hidden></b>')}${slot(1, fill)}${slot(2, fill)}${slot(3, fill)}<p>Selectors</p>`,
      }),
    },
    expect: { green: 4 },
  },
  {
    name: 'css-content-visibility',
    promise: 'content that the browser skipped rendering is in the replay',
    routes: {
      '': page({
        head: '<style>section{content-visibility:auto;contain-intrinsic-size:auto 400px}</style>',
        body: `${slot(0, '', 'style2')}<style>.s0{background:#00a000}</style>${Array.from({ length: 6 }, (_, i) => `<section><h2>Part ${i + 1}</h2><div style="height:350px">Words of part ${i + 1}</div></section>`).join('')}`,
      }),
    },
    expect: { green: 1, texts: ['Part 1'], sameText: false },
  },
  {
    name: 'css-url-escapes',
    promise:
      'URLs in style sheets with escapes, quotes, spaces and Chinese characters lead to their pictures',
    routes: {
      '': page({
        head: '<link rel="stylesheet" href="u.css">',
        body: `${[0, 1, 2, 3, 4].map((i) => slot(i)).join('')}<p>Escapes</p>`,
      }),
      'u.css': `.s0{background:url(a\\ b.png)}.s1{background:url("q'\\"x.png")}.s2{background:url(图.png)}
        .s3{background:URL(  'paren(1).png'  )}.s4{background:url(\\67.png)}`,
      'a%20b.png': greenPng,
      "q'%22x.png": greenPng,
      '%E5%9B%BE.png': greenPng,
      'paren(1).png': greenPng,
      'g.png': greenPng,
    },
    expect: { green: 5 },
  },
  {
    name: 'css-alternate-sheets',
    promise: 'disabled, alternate and print sheets stay out of the picture',
    routes: {
      '': page({
        head: `<link rel="stylesheet" title="Day" href="day.css"><link rel="alternate stylesheet" title="Night" href="bad.css">
          <link rel="stylesheet" media="print" href="bad.css"><link rel="stylesheet" id="off" href="bad2.css">
          <style media="(max-width: 300px)">.slot{background:#c00000}</style>`,
        body: `${slot(0)}<p>Alternates</p><script>document.querySelector('#off').disabled = true</script>`,
      }),
      'day.css': paint(0),
      'bad.css': '.slot{background:#c00000 !important}',
      'bad2.css': '.slot{background:#c00000 !important}p{color:red}',
    },
    expect: { green: 1 },
  },
  {
    name: 'css-generated-content',
    promise: 'generated content, masks, border pictures and list pictures are kept',
    routes: {
      '': page({
        head: `<style>.s0::before{content:url(g.svg);display:block;width:120px;height:60px;background:#00a000}
          .s1{background:none;border:30px solid;border-width:30px 60px;box-sizing:border-box;border-image:url(g.png) 4 fill stretch}
          .s2 i{background:#00a000;mask:url(m.svg) 0 0/cover}.s3{background:-webkit-cross-fade(url(g.png), url(g.png), 50%)}
          li{list-style:url(bullet.png)} q::after{content:" — " attr(title)}</style>`,
        body: `${slot(0)}${slot(1)}${slot(2, fill)}${slot(3)}<ul><li>Listed</li></ul><q title="Title">Quoted</q>`,
      }),
      'g.svg': greenSvg.replace('width="24" height="12"', 'width="120" height="60"'),
      'm.svg': greenSvg,
      'g.png': greenPng,
      'bullet.png': solid('blue', 10, 10),
    },
    expect: { green: 4, texts: ['Quoted', 'Listed'] },
  },
  {
    name: 'css-animation-end',
    promise: 'what an animation ended in is shown, and one that runs for ever does no harm',
    routes: {
      '': page({
        head: `<style>@keyframes turn{to{background:#00a000}}@keyframes spin{to{transform:rotate(360deg)}}
          .s0 i{animation:turn .2s forwards}.wheel{animation:spin 1s linear infinite;width:40px;height:40px;background:blue}</style>`,
        body: `${slot(0, fill)}<p>Moving</p><div class="wheel"></div>`,
      }),
    },
    expect: { green: 1, pixels: false },
  },
  {
    name: 'css-sticky-fixed',
    promise: 'fixed and sticky headers stand where they stood',
    routes: {
      '': page({
        head: '<style>header{position:fixed;inset:0 0 auto;height:150px;background:#00a000}nav{position:sticky;top:150px;background:#fc0}</style>',
        body: `<header></header><nav>Sticky</nav>${Array.from({ length: 40 }, (_, i) => `<p>Line ${i + 1}</p>`).join('')}`,
      }),
    },
    expect: { green: 2, texts: ['Line 40'] },
  },
  {
    name: 'css-huge-sheet',
    promise: 'a style sheet of ten megabytes does not stop the capture',
    routes: {
      '': page({ head: '<link rel="stylesheet" href="huge.css">', body: `${slot(0)}<p>Huge sheet</p>` }),
      'huge.css': () =>
        `${Array.from({ length: 160_000 }, (_, i) => `.unused-rule-number-${i}>.child{color:rgb(1,2,3);margin:0 auto}`).join('\n')}\n${paint(0)}`,
    },
    expect: { green: 1 },
  },
];
