import type { FidelityCase } from '../harness/case.ts';
import { page, slot } from '../harness/page.ts';
import { greenWebm } from '../material/coded.ts';
import { greenPng, greenSvg, silence } from '../material/pictures.ts';

const webgl = (options: string) => `
  const gl = document.querySelector('canvas').getContext('webgl', ${options});
  if (gl) { gl.clearColor(0, 160 / 255, 0, 1); gl.clear(gl.COLOR_BUFFER_BIT); }`;

/** SVG, canvas, video and audio. */
export const graphicsCases: readonly FidelityCase[] = [
  {
    name: 'svg-use-external',
    promise: 'symbols that are used from another SVG file are drawn',
    routes: {
      '': page({
        body: `${slot(0, '<svg viewBox="0 0 24 12" preserveAspectRatio="none"><use href="sprite.svg#box"/></svg>')}
          ${slot(1, '<svg viewBox="0 0 24 12" preserveAspectRatio="none"><use xlink:href="sprite.svg#two"/></svg>')}<p>Used</p>`,
      }),
      'sprite.svg': `<svg xmlns="http://www.w3.org/2000/svg"><defs><linearGradient id="g"><stop stop-color="#00a000"/></linearGradient></defs>
        <symbol id="box" viewBox="0 0 24 12" preserveAspectRatio="none"><rect width="24" height="12" fill="url(#g)"/></symbol>
        <g id="two"><rect width="24" height="12" fill="#00a000"/></g></svg>`,
    },
    expect: { green: 2 },
  },
  {
    name: 'svg-inline',
    promise: 'inline SVG keeps its styles, gradients, pictures and foreign content',
    routes: {
      '': page({
        body: `${slot(0, '<svg viewBox="0 0 24 12" preserveAspectRatio="none"><style>.r{fill:#00a000}</style><rect class="r" width="24" height="12"/></svg>')}
          ${slot(1, '<svg viewBox="0 0 24 12" preserveAspectRatio="none"><image href="g.png" width="24" height="12"/></svg>')}
          ${slot(2, '<svg><foreignObject width="100%" height="100%"><div xmlns="http://www.w3.org/1999/xhtml" style="height:100%;background:#00a000"></div></foreignObject></svg>')}
          ${slot(3, '<svg viewBox="0 0 24 12" preserveAspectRatio="none"><defs><clipPath id="c"><rect width="24" height="12"/></clipPath></defs><rect clip-path="url(#c)" width="24" height="12" fill="#00a000"/></svg>')}<p>Inline</p>`,
      }),
      'g.png': greenPng,
    },
    expect: { green: 4 },
  },
  {
    name: 'svg-document',
    promise: 'a link to an SVG picture is a page with that picture',
    start: 'picture.svg',
    routes: {
      'picture.svg': greenSvg.replace(
        'width="24" height="12">',
        'width="1280" height="640" preserveAspectRatio="none">',
      ),
    },
    expect: { green: 3 },
  },
  {
    name: 'canvas-2d',
    promise: 'what scripts drew on a canvas is kept',
    routes: {
      '': page({
        body: `${slot(0, '<canvas width="60" height="30"></canvas>')}${slot(1, '<canvas width="60" height="30"></canvas>')}<p>Drawn</p><script>
          const [one, two] = document.querySelectorAll('canvas');
          const pen = one.getContext('2d'); pen.fillStyle = '#00a000'; pen.fillRect(0, 0, 60, 30);
          const off = two.transferControlToOffscreen(); const o = off.getContext('2d'); o.fillStyle = '#00a000'; o.fillRect(0, 0, 60, 30);
        </script>`,
      }),
    },
    expect: { green: 2 },
  },
  {
    name: 'canvas-webgl',
    promise: 'what WebGL drew is kept where the drawing buffer was',
    routes: {
      '': page({
        body: `${slot(0, '<canvas width="60" height="30"></canvas>')}<p>GL</p><script>${webgl('{ preserveDrawingBuffer: true }')}</script>`,
      }),
    },
    expect: { green: 1 },
  },
  {
    name: 'canvas-webgl-discarded',
    promise: 'what WebGL drew is kept although its drawing buffer is thrown away after each frame',
    routes: {
      '': page({
        body: `${slot(0, '<canvas width="60" height="30"></canvas>')}<p>GL</p><script>${webgl('{}')}</script>`,
      }),
    },
    expect: { green: 1 },
  },
  {
    name: 'canvas-tainted',
    promise: 'a canvas that holds a picture of another host, closed to scripts, is kept',
    routes: {
      '': ({ at }) =>
        page({
          body: `${slot(0, '<canvas width="60" height="30"></canvas>')}<p>Tainted</p><script>
            const far = new Image(); far.onload = () => document.querySelector('canvas').getContext('2d').drawImage(far, 0, 0, 60, 30);
            far.src = '${at.host}g.png';</script>`,
        }),
      'g.png': greenPng,
    },
    expect: { green: 1 },
  },
  {
    name: 'video-poster',
    promise: 'the poster of a video is shown',
    routes: {
      '': page({
        body: `${slot(0, '<video poster="p.svg" src="v.webm" preload="none"></video>')}<p>Poster</p>`,
      }),
      'p.svg': greenSvg.replace('width="24" height="12"', 'width="240" height="120"'),
      'v.webm': greenWebm,
    },
    expect: { green: 1 },
  },
  {
    name: 'video-frame',
    promise: 'a video without a poster shows the picture that it stood at',
    routes: {
      '': page({
        body: `${slot(0, '<video src="v.webm" muted autoplay playsinline></video>')}${slot(1, '<video muted autoplay><source src="v.webm" type="video/webm"></video>')}<p>Video</p>`,
      }),
      'v.webm': greenWebm,
    },
    expect: { green: 2 },
  },
  {
    name: 'audio',
    promise: 'a page with sound is kept, its player in place',
    routes: {
      '': page({ body: '<p>Sound</p><audio controls src="s.wav" preload="auto"></audio><p>After</p>' }),
      's.wav': silence(),
    },
    expect: { texts: ['Sound', 'After'], sameText: false },
  },
];
