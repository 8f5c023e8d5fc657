import type { FidelityCase } from '../harness/case.ts';
import { green, greenPage, page, slot } from '../harness/page.ts';
import { greenPng } from '../material/pictures.ts';

const words = (text: string) =>
  `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;height:100%;background:${green}}p{margin:0;color:#fff;font:9px/1 sans-serif;position:absolute;top:40px;left:10px}</style><p>${text}</p>`;

/** Documents within documents. */
export const frameCases: readonly FidelityCase[] = [
  {
    name: 'frame-same-origin',
    promise: 'a frame of the same origin is kept with what its scripts made of it',
    routes: {
      '': page({ body: `${slot(0, '<iframe src="in/inner.html"></iframe>')}<p>Outer</p>` }),
      'in/inner.html': `<!doctype html><link rel="stylesheet" href="i.css"><p id="p"></p><script>p.textContent = 'Inner words'; document.body.className = 'done'</script>`,
      'in/i.css':
        'html,body{margin:0;height:100%}.done{background:url(g.png)}p{color:#fff;margin:0;position:absolute;top:40px;left:10px;font:9px/1 sans-serif}',
      'in/g.png': greenPng,
    },
    expect: { green: 1, texts: ['Outer', 'Inner words'] },
  },
  {
    name: 'frame-cross-origin',
    promise: 'frames of another port and another host are kept with their own sheets and pictures',
    routes: {
      '': ({ at }) =>
        page({
          body: `${slot(0, `<iframe src="${at.host}inner.html"></iframe>`)}${slot(1, `<iframe src="${at.port}inner.html"></iframe>`)}<p>Outer</p>`,
        }),
      'inner.html': `<!doctype html><link rel="stylesheet" href="i.css"><p>Far words</p>`,
      'i.css':
        'html,body{margin:0;height:100%;background:url(g.png)}p{color:#fff;margin:0;position:absolute;top:40px;left:10px;font:9px/1 sans-serif}',
      'g.png': greenPng,
    },
    expect: { green: 2, texts: ['Outer', 'Far words'] },
  },
  {
    name: 'frame-srcdoc',
    promise: 'a frame written in srcdoc is kept, its addresses resolved against the page',
    routes: {
      '': page({
        body: `${slot(0, `<iframe srcdoc="&lt;style&gt;html,body{margin:0;height:100%}body{background:url(g.png)}&lt;/style&gt;&lt;body&gt;&lt;p style='font:9px/1 serif;margin:0;position:absolute;top:40px;left:10px'&gt;Srcdoc &amp;amp; words"></iframe>`)}<p>Outer</p>`,
      }),
      'g.png': greenPng,
    },
    expect: { green: 1, texts: ['Srcdoc & words'] },
  },
  {
    name: 'frame-nested',
    promise: 'frames in frames over three origins are kept',
    routes: {
      '': ({ at }) => page({ body: `${slot(0, `<iframe src="${at.host}one.html"></iframe>`)}<p>Outer</p>` }),
      'one.html': ({ at }) =>
        `<!doctype html><style>html,body{margin:0;height:100%;overflow:hidden}iframe{border:0;width:100%;height:100%;display:block}</style><iframe src="${at.port}two.html"></iframe>`,
      'two.html': ({ at }) =>
        `<!doctype html><style>html,body{margin:0;height:100%;overflow:hidden}iframe{border:0;width:100%;height:100%;display:block}</style><iframe src="${at.main}three.html"></iframe>`,
      'three.html': words('Innermost'),
    },
    expect: { green: 1, texts: ['Innermost'] },
  },
  {
    name: 'frame-sandboxed',
    promise: 'sandboxed frames, without and with scripts, are kept',
    routes: {
      '': page({
        body: `${slot(0, '<iframe sandbox src="a.html"></iframe>')}${slot(1, '<iframe sandbox="allow-scripts" src="b.html"></iframe>')}<p>Outer</p>`,
      }),
      'a.html': words('Without scripts'),
      'b.html': `${greenPage}<script>document.body.insertAdjacentHTML('beforeend', '<p style="margin:0;position:absolute;top:40px;left:10px;font:9px/1 serif">By script</p>')</script>`,
    },
    expect: { green: 2, texts: ['Without scripts', 'By script'] },
  },
  {
    name: 'frame-written',
    promise: 'frames without an address, filled by scripts of the page, are kept',
    routes: {
      '': page({
        body: `${slot(0, '<iframe id="a"></iframe>')}${slot(1, '<iframe id="b"></iframe>')}<p>Outer</p><script>
          const style = '<style>html,body{margin:0;height:100%;background:${green}}p{margin:0;position:absolute;top:40px;left:10px;font:9px/1 serif}</style>';
          const a = document.querySelector('#a').contentDocument; a.open(); a.write(style + '<p>Written</p>'); a.close();
          document.querySelector('#b').src = URL.createObjectURL(new Blob([style + '<p>From a blob</p>'], { type: 'text/html' }));</script>`,
      }),
    },
    expect: { green: 2, texts: ['Written', 'From a blob'] },
  },
  {
    name: 'frame-lazy',
    promise: 'a frame with loading=lazy far down the page is kept',
    routes: {
      '': page({
        body: '<p>Top</p><div style="height:2000px"></div><iframe loading="lazy" src="low.html" width="1000" height="200" style="border:0"></iframe>',
      }),
      'low.html': words('Low words'),
    },
    expect: { fullPage: true, texts: ['Top', 'Low words'], pixels: 0.003 },
  },
  {
    name: 'frame-object',
    promise: 'documents in object and embed elements are kept',
    routes: {
      '': page({
        body: `${slot(0, '<object data="o.html" type="text/html"></object>')}${slot(1, '<embed src="o.html" type="text/html">')}<p>Outer</p>`,
      }),
      'o.html': words('Object words'),
    },
    expect: { green: 2, texts: ['Object words'] },
  },
  {
    name: 'frame-missing',
    promise: 'a frame whose document cannot be had is counted as missing and does no harm',
    routes: {
      '': page({
        body: `<p>Outer</p><iframe src="http://127.0.0.1:9/none.html" width="300" height="100"></iframe><p>After</p>`,
      }),
    },
    expect: { missing: 1, texts: ['Outer', 'After'], sameText: false, pixels: false },
  },
  {
    name: 'frameset',
    promise: 'a page made of a frameset is kept with all frames',
    routes: {
      '': '<!doctype html><html><head><meta charset="utf-8"><title>Set</title></head><frameset rows="50%,50%" border="0"><frame src="a.html"><frameset cols="200,*"><frame src="b.html"><frame src="c.html"></frameset><noframes>No frames</noframes></frameset></html>',
      'a.html': words('Frame one'),
      'b.html': words('Frame two'),
      'c.html': words('Frame three'),
    },
    expect: { green: 0, texts: ['Frame one', 'Frame two', 'Frame three'] },
  },
];
