import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { FidelityCase } from '../harness/case.ts';
import { green, greenPage, page, slot } from '../harness/page.ts';
import { greenPng } from '../material/pictures.ts';

const codings = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
} as const;

function codedCase(coding: keyof typeof codings): FidelityCase {
  const packed = (body: string) => ({
    body: codings[coding](Buffer.from(body)),
    headers: { 'content-encoding': coding },
  });
  return {
    name: `coding-${coding}`,
    promise: `a page, a sheet and a script sent as ${coding} are kept unpacked`,
    routes: {
      '': {
        ...packed(
          page({
            head: '<link rel="stylesheet" href="c.css">',
            body: `${slot(0)}${slot(1)}<p>Packed 中文</p><script src="c.js"></script>`,
          }),
        ),
        type: 'text/html',
      },
      'c.css': packed(`.s0{background:${green}}`),
      'c.js': packed(`document.querySelector('.s1').style.background='${green}'`),
    },
    expect: { green: 2, texts: ['Packed 中文'] },
  };
}

const worker = `addEventListener('install', () => skipWaiting()); addEventListener('activate', (e) => e.waitUntil(clients.claim()));
addEventListener('fetch', (e) => { if (e.request.url.endsWith('answer.txt')) e.respondWith(new Response('Answered')) });`;

/** What stands between a page and its bytes: codings, statuses, policies, workers. */
export const transportCases: readonly FidelityCase[] = [
  ...(Object.keys(codings) as (keyof typeof codings)[]).map(codedCase),
  {
    name: 'status-404',
    promise: 'a page that the server says it does not have is not-found, and its content is kept',
    routes: {
      '': {
        status: 404,
        body: page({ title: 'Not here', body: '<h1>Nothing here</h1><p>Try the search</p>' }),
      },
    },
    expect: { verdict: ['not-found'], evidence: ['httpStatus'], texts: ['Nothing here', 'Try the search'] },
  },
  {
    name: 'status-410',
    promise: 'a page that is gone is not-found',
    routes: { '': { status: 410, body: page({ body: '<h1>Gone</h1>' }) } },
    expect: { verdict: ['not-found'], evidence: ['httpStatus'], texts: ['Gone'] },
  },
  {
    name: 'status-500',
    promise: 'a server error is a failure, and its content is kept',
    routes: { '': { status: 500, body: page({ body: '<h1>Out of order</h1>' }) } },
    expect: { verdict: ['failed'], evidence: ['httpStatus'], texts: ['Out of order'] },
  },
  {
    name: 'status-blank',
    promise: 'a page that shows nothing is blank',
    routes: { '': '<!doctype html><html><head><title>Blank</title></head><body><div></div></body></html>' },
    expect: { verdict: ['blank'], evidence: ['noVisibleContent'] },
  },
  {
    name: 'status-blank-script',
    promise: 'an application whose script fails before it draws is blank',
    routes: {
      '': '<!doctype html><title>App</title><div id="root"></div><script src="app.js"></script>',
      'app.js': 'throw new Error("broken")',
    },
    expect: { verdict: ['blank'] },
  },
  {
    name: 'status-empty-answer',
    promise: 'an answer without a page (204) is a reason, not a snapshot',
    routes: { '': { status: 204 } },
    expect: { verdict: ['blank', 'failed'], live: false, replay: false },
  },
  {
    name: 'status-reset',
    promise: 'a connection that the server cuts is a failure with the reason of the network',
    routes: {
      '': ({ response }) => {
        response.destroy();
        return undefined;
      },
    },
    expect: { verdict: ['failed'], evidence: ['networkError'], live: false, replay: false },
  },
  {
    name: 'status-redirect-loop',
    promise: 'a redirect loop is a failure with its reason',
    routes: {
      '': { status: 302, headers: { location: 'again' } },
      again: { status: 302, headers: { location: './' } },
    },
    expect: { verdict: ['failed'], evidence: ['networkError'], live: false, replay: false, visits: 10 },
  },
  {
    name: 'service-worker',
    promise: 'a page that relies on a service worker where there is one is kept',
    routes: {
      '': page({
        body: `<p id="p">Waiting</p><script>(async () => {
          const text = () => fetch('answer.txt').then((r) => r.text()).then((t) => { p.textContent = t });
          try { await navigator.serviceWorker.register('sw.js'); if (!navigator.serviceWorker.controller) await new Promise((go) => { navigator.serviceWorker.oncontrollerchange = go; setTimeout(go, 300) }); } catch {}
          await text(); })()</script>`,
      }),
      'sw.js': worker,
      'answer.txt': 'Answered',
    },
    expect: { texts: ['Answered'], settleMs: 900 },
  },
  {
    name: 'csp-no-inline',
    promise:
      'a policy that forbids inline styles and scripts neither stops the capture nor breaks the replay',
    routes: {
      '': {
        body: page({
          head: '<link rel="stylesheet" href="s.css">',
          body: '<div class="slot s0 go"></div><div class="slot s1 go two"><img src="g.png"></div><p style="color:red">Strict</p>',
        }),
        headers: {
          'content-security-policy':
            "default-src 'self'; style-src 'self'; script-src 'none'; img-src 'self'; base-uri 'none'; require-trusted-types-for 'script'",
        },
      },
      's.css': `.slot{position:absolute;width:120px;height:60px;top:10px;left:10px;background:#c00000}.two{left:135px}.s0{background:${green}}img{width:100%;height:100%;display:block}p{margin-top:200px}`,
      'g.png': greenPng,
    },
    expect: { green: 2, texts: ['Strict'] },
  },
  {
    name: 'csp-meta',
    promise: 'a policy in a meta element does not keep the replay from showing what it allowed',
    routes: {
      '': page({
        head: `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'self' 'unsafe-inline'; frame-src 'self'">`,
        body: `${slot(0, '<img src="g.png">')}${slot(1, '<iframe src="f.html"></iframe>')}<p>Meta policy</p>`,
      }),
      'g.png': greenPng,
      'f.html': greenPage,
    },
    expect: { green: 2 },
  },
  {
    name: 'trusted-types',
    promise: 'a page that enforces trusted types is kept',
    routes: {
      '': {
        body: page({
          body: `${slot(0)}<p id="p"></p><script>const policy = trustedTypes.createPolicy('own', { createHTML: (s) => s }); p.innerHTML = policy.createHTML('<b>Trusted</b>');
          const r = document.querySelector('.s0').attachShadow({ mode: 'open' }); r.innerHTML = policy.createHTML('<i style="display:block;height:60px;background:${green}"></i>')</script>`,
        }),
        headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types own" },
      },
    },
    expect: { green: 1, texts: ['Trusted'] },
  },
  {
    name: 'document-write',
    promise: 'what scripts wrote into the page while it was parsed, and after, is kept',
    routes: {
      '': page({
        body: `${slot(0)}<script>document.write('<link rel="stylesheet" href="w.css"><p>Written early</p><script src="w.js"><\\/script>')</script>`,
      }),
      'w.css': `.s0{background:${green}}`,
      'w.js': `document.write('<p>Written by a script</p>')`,
    },
    expect: { green: 1, texts: ['Written early', 'Written by a script'] },
  },
  {
    name: 'document-rewritten',
    promise: 'a page that scripts wrote anew after it was loaded is kept as it then stood',
    routes: {
      '': page({
        body: `<p>Old</p><script>onload = () => setTimeout(() => { document.open(); document.write('<!doctype html><title>New</title><style>body{background:#eef}</style><h1>All new</h1><img src="g.png" width="90" height="45">'); document.close() }, 100)</script>`,
      }),
      'g.png': greenPng,
    },
    expect: { texts: ['All new'] },
  },
];
