import type { FidelityCase } from '../harness/case.ts';
import { page, slot } from '../harness/page.ts';
import { blockFont } from '../material/block-font.ts';

const inFont = (index: number, text: string, family: string) =>
  slot(
    index,
    `<span style="font:60px/60px ${family},serif;color:#00a000;white-space:nowrap">${text}</span>`,
    'data-font',
  );

/** Fonts whose letters are squares, so that a fallback shows. */
export const fontCases: readonly FidelityCase[] = [
  {
    name: 'font-unicode-ranges',
    promise: 'a family in several unicode ranges is kept in the parts that were used',
    routes: {
      '': page({
        head: '<link rel="stylesheet" href="css/f.css">',
        body: `${inFont(0, 'AA', 'Parts')}${inFont(1, '中中', 'Parts')}${inFont(2, 'A中', 'Parts')}<p>Ranges</p>`,
      }),
      'css/f.css': `@font-face{font-family:Parts;src:url(../f/latin.ttf);unicode-range:U+0-7F}
        @font-face{font-family:Parts;src:url("../f/han.ttf") format("truetype");unicode-range:U+4E00-9FFF}
        @font-face{font-family:Parts;src:url(../f/arabic.ttf);unicode-range:U+600-6FF}`,
      'f/latin.ttf': blockFont('AB'),
      'f/han.ttf': blockFont('中文'),
      'f/arabic.ttf': blockFont('ا'),
    },
    expect: { green: 3 },
  },
  {
    name: 'font-source-lists',
    promise: 'of a list of sources the one that the browser took is kept',
    routes: {
      '': page({
        head: `<style>@font-face{font-family:L;src:local("No such face"),url(no.eot) format("embedded-opentype"),url(yes.ttf) format("truetype"),url(no.svg) format("svg")}</style>`,
        body: `${inFont(0, 'AA', 'L')}<p>Sources</p>`,
      }),
      'yes.ttf': blockFont('A'),
    },
    expect: { green: 1 },
  },
  {
    name: 'font-by-script',
    promise: 'fonts that a script added, by address and by bytes, are kept',
    routes: {
      '': page({
        body: `${inFont(0, 'AA', 'ByUrl')}${inFont(1, 'BB', 'ByBytes')}<p>Script fonts</p><script>
          document.fonts.add(new FontFace('ByUrl', 'url(u.ttf)'));
          fetch('b.ttf').then((r) => r.arrayBuffer()).then((b) => document.fonts.add(new FontFace('ByBytes', b)));
        </script>`,
      }),
      'u.ttf': blockFont('A'),
      'b.ttf': blockFont('B'),
    },
    expect: { green: 2 },
  },
  {
    name: 'font-foreign-origin',
    promise: 'a font of another host, named in a sheet of that host, is kept',
    routes: {
      '': ({ at }) =>
        page({
          head: `<link rel="stylesheet" href="${at.host}f.css">`,
          body: `${inFont(0, 'AA', 'Far')}<p>Far</p>`,
        }),
      'f.css': '@font-face{font-family:Far;font-weight:1 999;src:url(f.ttf)}',
      'f.ttf': blockFont('A'),
    },
    expect: { green: 1 },
  },
];
