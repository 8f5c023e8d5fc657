import type { FidelityCase } from '../harness/case.ts';
import { page, slot } from '../harness/page.ts';
import { greenJpeg, greenWebp } from '../material/coded.ts';
import { greenPng, greenSvg, hugePng, redPng, solid } from '../material/pictures.ts';

/** Pictures in every way that a page can name them. */
export const imageCases: readonly FidelityCase[] = [
  {
    name: 'img-srcset',
    promise: 'the candidate of srcset that was shown is shown again',
    routes: {
      '': page({
        body: `${slot(0, '<img src="r.png" srcset="g.png 1x, r.png 2x">')}
          ${slot(1, '<img srcset="r.png 100w, g.png 1300w" sizes="1280px">')}
          ${slot(2, '<img srcset="g,comma.png 1x,r.png 3x" src="r.png">')}<p>Candidates</p>`,
      }),
      'g.png': greenPng,
      'g,comma.png': greenPng,
      'r.png': redPng,
    },
    expect: { green: 3 },
  },
  {
    name: 'img-picture',
    promise: 'the source of a picture element that was shown is shown again',
    routes: {
      '': page({
        head: '<style>picture{display:contents}picture img{width:100%;height:100%}</style>',
        body: `${slot(0, '<picture><source media="(min-width: 900px)" srcset="g.png"><img src="r.png"></picture>')}
          ${slot(1, '<picture><source type="image/none" srcset="r.png"><source type="image/webp" srcset="g.webp 1x, r.png 2x"><img src="r.png"></picture>')}
          ${slot(2, '<picture><source media="print" srcset="r.png"><img src="g.jpg"></picture>')}<p>Pictures</p>`,
      }),
      'g.png': greenPng,
      'g.webp': greenWebp,
      'g.jpg': greenJpeg,
      'r.png': redPng,
    },
    expect: { green: 3 },
  },
  {
    name: 'img-loading-lazy',
    promise: 'pictures with loading=lazy far down the page are loaded and kept',
    routes: {
      '': page({
        body: `<p>Top</p><div style="height:1500px"></div>
          <img loading="lazy" src="a.png" width="1000" height="150"><div style="height:300px"></div>
          <img loading="lazy" srcset="b.png 1x" width="1000" height="150"><p>Bottom</p>`,
      }),
      'a.png': greenPng,
      'b.png': solid('blue'),
    },
    expect: { fullPage: true, texts: ['Top', 'Bottom'], pixels: 0.003 },
  },
  {
    name: 'img-data-src',
    promise: 'pictures that scripts load when they come into view are kept',
    routes: {
      '': page({
        body: `${slot(0)}<p>Top</p><div style="height:1700px"></div><img data-src="late.png" width="900" height="200"><script>
          new IntersectionObserver((seen, self) => { for (const { isIntersecting, target } of seen) if (isIntersecting) {
            target.src = target.dataset.src; document.querySelector('.s0').style.background = '#00a000'; self.disconnect(); }
          }).observe(document.querySelector('img'));</script>`,
      }),
      'late.png': solid('blue'),
    },
    expect: { fullPage: true, green: 1, pixels: 0.003 },
  },
  {
    name: 'img-blob',
    promise: 'pictures behind blob: addresses are kept, also once the address was revoked',
    routes: {
      '': page({
        body: `${slot(0, '<img>')}${slot(1, '<img>')}${slot(2)}<p>Blobs</p><script>
          fetch('g.png').then((r) => r.blob()).then(async (blob) => {
            const [one, two] = document.querySelectorAll('img');
            one.src = URL.createObjectURL(blob);
            two.src = URL.createObjectURL(blob); await two.decode(); URL.revokeObjectURL(two.src);
            document.querySelector('.s2').style.background = 'url(' + URL.createObjectURL(blob) + ')';
          });</script>`,
      }),
      'g.png': greenPng,
    },
    expect: { green: 3 },
  },
  {
    name: 'img-data-url',
    promise: 'pictures in data: addresses, also as unescaped SVG, stay as they are',
    routes: {
      '': page({
        body: `${slot(0, `<img src="data:image/png;base64,${greenPng.toString('base64')}">`)}
          ${slot(1, `<img src='data:image/svg+xml;utf8,${greenSvg.replaceAll('#', '%23')}'>`)}<p>Data</p>`,
      }),
    },
    expect: { green: 2 },
  },
  {
    name: 'img-broken',
    promise: 'a picture that the server does not have is counted as missing, and its text is shown',
    routes: { '': page({ body: '<p>Before</p><img src="gone.png" alt="A lost picture"><p>After</p>' }) },
    expect: { missing: 1, texts: ['Before', 'After'], pixels: 0.0001 },
  },
  {
    name: 'img-error-swap',
    promise:
      'a picture that a script put in the place of a broken one is shown; the broken one counts as missing',
    routes: {
      '': page({
        body: `${slot(0, `<img src="gone.png" onerror="this.onerror=null;this.src='g.png'">`)}<p>Swapped</p>`,
      }),
      'g.png': greenPng,
    },
    expect: { green: 1, missing: [0, 1] },
  },
  {
    name: 'img-huge',
    promise: 'a picture of ten megabytes is kept whole',
    routes: {
      '': page({ body: `${slot(0, '<img src="huge.png">')}<p>Huge picture</p>` }),
      'huge.png': () => hugePng(),
    },
    expect: { green: 1 },
  },
  {
    name: 'img-other-elements',
    promise: 'pictures in input, object, embed and a table background are kept',
    routes: {
      '': page({
        body: `${slot(0, '<input type="image" src="g.png" style="width:100%;height:100%;display:block">')}
          ${slot(1, '<object data="g.png" type="image/png"></object>')}${slot(2, '<embed src="g.svg" type="image/svg+xml">')}
          ${slot(3, '<table background="g.png" width="120" height="60" cellspacing="0"><tr><td></td></tr></table>')}<p>Others</p>`,
      }),
      'g.png': greenPng,
      'g.svg': greenSvg.replace('viewBox', 'preserveAspectRatio="none" viewBox'),
    },
    expect: { green: 4 },
  },
  {
    name: 'img-no-type',
    promise: 'pictures sent with a wrong media type or none are shown as the browser showed them',
    routes: {
      '': page({ body: `${slot(0, '<img src="a">')}${slot(1, '<img src="b.txt">')}<p>Untyped</p>` }),
      a: { body: greenPng, type: 'application/octet-stream' },
      'b.txt': { body: greenJpeg, type: 'image/png' },
    },
    expect: { green: 2 },
  },
];
