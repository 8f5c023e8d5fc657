import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { encodePng } from '../../test/fidelity/harness/png.ts';
import { seeded } from '../lib/statistics.ts';

/** A site of twelve article-like pages of about 2.4 MB each, the same at every run, on two origins. */
export interface TypicalSite {
  readonly pages: readonly string[];
  /** Bytes of one page with all that it loads. */
  readonly pageBytes: number;
  close(): Promise<void>;
}

const pageCount = 12;
const picturesPerPage = 12;
const syllables = 'ka to mi re su lo ven dar pel nor ist qua hem bri ost ula gen fir mas tel'.split(' ');

function words(random: () => number, count: number): string {
  const word = () =>
    Array.from(
      { length: 1 + Math.floor(random() * 3) },
      () => syllables[Math.floor(random() * syllables.length)],
    ).join('');
  return Array.from({ length: count }, word).join(' ');
}

/** A picture of about 150 KB: a slope with noise, as photographs have. */
function photo(seed: number): Buffer {
  const random = seeded(seed);
  return encodePng(
    400,
    140,
    (x, y) => {
      const noise = () => Math.floor(random() * 40);
      return [(x / 2 + noise()) & 255, (y + noise()) & 255, ((x + y) / 3 + noise()) & 255];
    },
    6,
  );
}

function styles(): string {
  const random = seeded(2);
  const rules = [
    '@font-face{font-family:Body;src:url(/f/body.woff2) format("woff2")}@font-face{font-family:Head;font-style:italic;src:url(/f/head.woff2) format("woff2")}',
    'body{font:17px/1.6 Body,sans-serif;margin:0 auto;max-width:960px}h1,h2{font-family:Head,serif}img{width:100%;height:auto}.lead{background:url(/i/0.png)}',
  ];
  let length = 0;
  for (let i = 0; length < 150_000; i++) {
    const rule = `.c${i} > .part-${i % 97}, .theme-${i % 13} .c${i}:hover{margin:${Math.floor(random() * 40)}px;color:rgb(${i % 256},${(i * 7) % 256},90);padding:.${i % 10}em 1em;border-radius:${i % 9}px}`;
    rules.push(rule);
    length += rule.length;
  }
  return rules.join('\n');
}

function script(): string {
  const parts: string[] = ['"use strict";const table=new Map();'];
  for (let i = 0, length = 0; length < 280_000; i++) {
    const part = `table.set(${i},function f${i}(a,b){let s=${i};for(let k=0;k<${i % 5};k++){s=(s*31+a.length+b*k)%65521}return {id:${i},value:s,label:"entry ${i} of the table"}});\n`;
    parts.push(part);
    length += part.length;
  }
  parts.push(`addEventListener('DOMContentLoaded',()=>{let n=0;for(const [k,f] of table)n+=f('word',k).value;
document.querySelector('#count').textContent='Counted '+n;
const list=document.querySelector('#notes');for(let i=0;i<60;i++){const li=document.createElement('li');li.textContent='Note '+i;li.className='c'+i;list.append(li)}
const watch=new IntersectionObserver(es=>{for(const e of es)if(e.isIntersecting){e.target.src=e.target.dataset.src;watch.unobserve(e.target)}});
for(const i of document.querySelectorAll('img[data-src]'))watch.observe(i);setTimeout(()=>{document.body.classList.add('theme-3')},800)});`);
  return parts.join('');
}

function article(index: number, frameOrigin: string): string {
  const random = seeded(100 + index);
  const picture = (i: number) => {
    const address = `/i/${index * picturesPerPage + i}.png`;
    if (i % 4 === 1)
      return `<img loading="lazy" src="${address}" width="400" height="140" alt="Picture ${i}">`;
    return i % 4 === 2
      ? `<img data-src="${address}" width="400" height="140" alt="Picture ${i}">`
      : `<img src="${address}" width="400" height="140" alt="Picture ${i}">`;
  };
  const sections = Array.from(
    { length: picturesPerPage },
    (_, i) =>
      `<h2 class="c${i}">${words(random, 4)}</h2><p>${words(random, 70)}</p>${picture(i)}<p class="c${i + 20}">${words(random, 60)}。离线安装指南与镜像仓库。</p>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Article ${index}: ${words(random, 3)}</title><link rel="stylesheet" href="/s/site.css"><script defer src="/s/site.js"></script><link rel="icon" href="data:,"></head>
<body><header><nav>${Array.from({ length: 30 }, (_, i) => `<a href="/p/${i % pageCount}">${words(random, 1)}</a>`).join(' ')}</nav></header><main><h1>${words(random, 6)}</h1><p id="count"></p>${sections.join('\n')}
<iframe src="${frameOrigin}/frame" width="600" height="160"></iframe><ul id="notes"></ul></main></body></html>`;
}

async function listen(server: Server, host: string): Promise<string> {
  await new Promise<void>((done) => server.listen(0, host, done));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

/** Serves the site on loopback; everything is made before the first request. */
export async function serveTypicalSite(): Promise<TypicalSite> {
  const files = new Map<string, { type: string; body: Buffer }>();
  const put = (path: string, type: string, body: string | Buffer) =>
    files.set(path, { type, body: Buffer.from(body) });
  const font = (name: string) =>
    readFileSync(createRequire(import.meta.url).resolve(`@fontsource-variable/inter/files/${name}`));
  const servers = [0, 1].map(() =>
    createServer((request, response) => {
      const file = files.get((request.url ?? '').replace(/\?.*/, ''));
      response.writeHead(file ? 200 : 404, {
        'content-type': file?.type ?? 'text/plain',
        'cache-control': 'max-age=60',
      });
      response.end(file?.body ?? 'Not here');
    }),
  );
  const [own, other] = [await listen(servers[0]!, '127.0.0.1'), await listen(servers[1]!, '127.0.0.2')];
  put('/s/site.css', 'text/css', styles());
  put('/s/site.js', 'text/javascript', script());
  put('/f/body.woff2', 'font/woff2', font('inter-latin-wght-normal.woff2'));
  put('/f/head.woff2', 'font/woff2', font('inter-latin-wght-italic.woff2'));
  for (let i = 0; i < pageCount * picturesPerPage; i++) put(`/i/${i}.png`, 'image/png', photo(i));
  put(
    '/frame',
    'text/html; charset=utf-8',
    '<!doctype html><style>body{background:#eef;font:15px sans-serif}</style><p>A box of another origin</p><img src="/i/3.png" width="220" height="90">',
  );
  const pages = Array.from({ length: pageCount }, (_, i) => {
    put(`/p/${i}`, 'text/html; charset=utf-8', article(i, other));
    return `${own}/p/${i}`;
  });
  const shared = ['/s/site.css', '/s/site.js', '/f/body.woff2', '/f/head.woff2', '/frame', '/p/0'];
  const onPage = [...shared, ...Array.from({ length: picturesPerPage }, (_, i) => `/i/${i}.png`)];
  return {
    pages,
    pageBytes: onPage.reduce((sum, path) => sum + files.get(path)!.body.length, 0),
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}
