import { createGzip } from 'node:zlib';
import type { FidelityCase } from '../harness/case.ts';
import { green, page, slot } from '../harness/page.ts';
import { greenPng } from '../material/pictures.ts';

/** Pages that disturb whoever opens them. */
export const hostileCases: readonly FidelityCase[] = [
  {
    name: 'alert-loop',
    promise: 'a page that opens dialog after dialog is kept, and its replay opens none',
    routes: {
      '': page({
        body: `<p>Alerts</p><script>for (let i = 0; i < 5; i++) { alert(i); confirm(i); prompt(i) } setInterval(() => alert('again'), 50)</script><p>After alerts</p>`,
      }),
    },
    expect: { texts: ['Alerts', 'After alerts'] },
  },
  {
    name: 'before-unload',
    promise: 'a page that does not want to be left is kept',
    routes: {
      '': page({
        body: `<p>Stay</p><script>onbeforeunload = (e) => { e.preventDefault(); return 'Stay!' }; addEventListener('unload', () => { for (const end = Date.now() + 500; Date.now() < end;); })</script>`,
      }),
    },
    expect: { texts: ['Stay'] },
  },
  {
    name: 'print-dialog',
    promise: 'a page that asks to be printed is kept',
    routes: { '': page({ body: `<p>Print me</p><script>print(); onload = () => print()</script>` }) },
    expect: { texts: ['Print me'] },
  },
  {
    name: 'popups',
    promise: 'popups neither become the snapshot nor keep it from ending',
    routes: {
      '': page({
        body: `<p>Opener</p><script>for (let i = 0; i < 5; i++) open('pop.html?' + i, '_blank'); onload = () => open('pop.html', 'named')</script>`,
      }),
      'pop.html': page({ title: 'Popup', body: '<p>Popup</p><script>alert(1)</script>' }),
    },
    expect: { texts: ['Opener'], finalPath: 'popups/' },
  },
  {
    name: 'closes-itself',
    promise: 'what a tab showed before it closed itself is kept',
    routes: { '': page({ body: `<p>Going</p><script>setTimeout(() => close(), 200)</script>` }) },
    expect: { live: false, texts: ['Going'] },
  },
  {
    name: 'busy-loop',
    promise: 'what stood there before a script that never returns is kept, within the cap',
    routes: { '': page({ body: `<p>Words</p><script>setTimeout(() => { for (;;); }, 300)</script>` }) },
    expect: {
      screenshot: false,
      capMs: 8000,
      verdict: ['truncated'],
      live: false,
      texts: ['Words'],
      evidence: ['timeCap'],
    },
  },
  {
    name: 'memory-bomb',
    promise: 'a page that eats memory until its renderer dies ends with that reason',
    routes: {
      '': page({
        body: `<p>Eating</p><script>setTimeout(() => { const all = []; for (;;) all.push(new Array(4e6).fill(0.5)) }, 300)</script>`,
      }),
    },
    expect: {
      visits: [1, 2],
      capMs: 15000,
      verdict: ['truncated', 'failed'],
      live: false,
      replay: false,
      evidence: ['rendererCrash'],
      missing: [0, 0],
    },
  },
  {
    name: 'gzip-bomb',
    promise: 'a page that unpacks to 400 MB is cut off with a reason',
    routes: {
      '': ({ response }) => {
        response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
        const gzip = createGzip();
        gzip.on('error', () => undefined).pipe(response);
        response.on('close', () => gzip.destroy());
        const spaces = Buffer.alloc(1 << 20, 32);
        let left = 400;
        const more = () => {
          while (left-- > 0) if (!gzip.write(spaces)) return;
          gzip.end('<p>The end</p>');
        };
        gzip.on('drain', more);
        gzip.write(page({ body: '<p>The start</p>' }));
        more();
        return undefined;
      },
    },
    expect: {
      capMs: 15000,
      verdict: ['truncated', 'failed', 'blank'],
      live: false,
      replay: false,
      missing: [0, 1],
    },
  },
  {
    name: 'hundred-thousand-nodes',
    promise: 'a page of a hundred thousand nodes is kept to the last',
    routes: {
      '': () =>
        page({
          body: `<p>Start</p><div style="height:600px;overflow:hidden;font-size:3px;line-height:4px">${Array.from({ length: 50_000 }, (_, i) => `<b>${i} </b>`).join('')}<b>the last node</b></div>`,
        }),
    },
    expect: { texts: ['Start', 'the last node'] },
  },
  {
    name: 'deep-nesting',
    promise: 'elements nested four hundred deep are kept',
    routes: {
      '': page({
        body: `${'<div>'.repeat(400)}<p>At the bottom</p>${'</div>'.repeat(400)}${slot(0, '<img src="g.png">')}`,
      }),
      'g.png': greenPng,
    },
    expect: { green: 1, texts: ['At the bottom'] },
  },
  {
    name: 'replaced-builtins',
    promise: 'a page that replaces the functions that a capture might call is kept all the same',
    routes: {
      '': page({
        body: `${slot(0)}<p>Words kept</p><script>
          document.querySelector('.s0').attachShadow({ mode: 'open' }).innerHTML = '<i style="display:block;height:60px;background:${green}"></i>';
          for (const owner of [Document.prototype, Element.prototype, Node.prototype, Array.prototype, NodeList.prototype])
            for (const name of ['querySelectorAll', 'getAttribute', 'cloneNode', 'map', 'forEach', 'appendChild', 'createTreeWalker'])
              if (name in owner) owner[name] = () => { throw new Error('Replaced') };
          window.JSON = window.Map = window.Set = window.Promise = window.fetch = undefined;
          XMLSerializer.prototype.serializeToString = () => 'fooled';
          Object.defineProperty(Element.prototype, 'outerHTML', { get: () => 'fooled' });</script>`,
      }),
    },
    expect: { green: 1, texts: ['Words kept'] },
  },
  {
    name: 'clobbered-names',
    promise: 'form fields that hide properties of their form and document do not confuse the capture',
    routes: {
      '': page({
        body: `<form><input name="attributes" value="one"><input name="childNodes" value="two"><input name="tagName"><input name="nodeType"><input name="parentNode"></form>
          <img name="body" src="g.png" width="30" height="30"><img name="documentElement" src="g.png" width="30" height="30"><p>Clobbered</p>`,
      }),
      'g.png': greenPng,
    },
    expect: { texts: ['Clobbered'] },
  },
  {
    name: 'live-replay-tricks',
    promise: 'handlers, preloads, pings, objects and refreshes in the page do not act in the replay',
    routes: {
      '': ({ at }) =>
        page({
          head: `<link rel="preload" as="image" href="${at.host}g.png"><link rel="prefetch" href="${at.host}next.html"><link rel="dns-prefetch" href="//tracker.invalid"><link rel="manifest" href="m.json">
            <script type="speculationrules">{"prefetch":[{"source":"list","urls":["${at.main}next.html"]}]}</script>`,
          body: `<p onmouseover="alert(1)">Inert</p><img src="g.png" onload="window.x=1" onerror="alert('error')" width="20" height="20">
            <a href="javascript:alert(1)" ping="${at.host}ping">Link</a><svg width="20" height="20" onload="window.y=1"><script>window.z=1</script><a href="javascript:alert(2)"><text y="10">s</text></a></svg>
            <details open ontoggle="window.t=1"><summary>S</summary>T</details><form action="${at.host}post"><button formaction="javascript:alert(3)">B</button></form>`,
        }),
      'g.png': greenPng,
      'next.html': 'next',
      'm.json': '{}',
    },
    expect: {
      texts: ['Inert'],
      html: ['!onmouseover', '!javascript:alert', '!<script', '!onload=', '!ping='],
    },
  },
];
