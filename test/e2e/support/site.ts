import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { blockFont } from '../../fidelity/material/block-font.ts';
import { encode } from '../../fidelity/material/encode.ts';
import { type Article, articles } from './articles.ts';
import { landscape, type Rgb } from './landscape.ts';

/** The colour of the mark that only the site's own font draws as a solid block. */
export const markRgb: Rgb = [200, 30, 90];
/** The sky of the picture inside of the framed page, and that page's text. */
export const framed = { sky: [255, 140, 0] as Rgb, text: 'Member two has not been heard of since noon' };

const style = `@import "/type.css";
*{box-sizing:border-box} body{margin:0;font:17px/1.65 Georgia,"Noto Serif CJK SC",serif;color:#23201c;background:#fbfaf7}
header{background:url(/pictures/94-120-148.png) right center/240px 100% no-repeat;color:#fff;padding:28px max(24px,calc(50% - 380px))}
header p{margin:0;font:600 14px sans-serif;letter-spacing:.08em} .mark{font:20px/20px Site;color:rgb(${markRgb});background:#fff}
article{max-width:760px;margin:0 auto;padding:24px} h1{font-size:32px;line-height:1.2;margin:.3em 0} .by{color:#77706a;font-size:15px}
.pictures{display:flex;gap:16px;margin:16px -16px} .pictures img{width:372px;height:186px;display:block;border-radius:4px}
iframe{width:400px;height:140px;border:1px solid #ccc}`;

function picturesOf({ skies, kind }: Article): string {
  const address = (sky: Rgb) => `/pictures/${sky.join('-')}.png`;
  const pictures = skies.map((sky) =>
    kind === 'srcset'
      ? `<img srcset="${address(sky)}?wide 960w, ${address(sky)} 480w" sizes="372px" loading="lazy" alt="">`
      : `<img src="${address(sky)}" alt="">`,
  );
  return `<div class="pictures">${pictures.join('')}</div>`;
}

function pageOf(article: Article): string {
  const { title, byline, paragraphs, lang, kind, skies } = article;
  const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`);
  const body = `<article><h1>${title}</h1>${byline && `<p class="by" rel="author">${byline}</p>`}${text[0]}${picturesOf(article)}${text.slice(1).join('')}`;
  const extra = {
    frame: '<iframe src="/frame" title="Members"></iframe>',
    hanging: '<p><img src="/hangs.png" width="40" height="40" alt="Radar"></p>',
  }[kind as string];
  const masthead = (skies[0] ?? [120, 120, 120]).map((channel) => Math.round(channel * 0.5));
  const whole = `<header style="background-color:rgb(${masthead})"><p><span class="mark">H</span> THE SKERRY POST</p></header>${body}${extra ?? ''}</article>`;
  const shown =
    kind === 'script'
      ? `<div id="app">Loading</div><script>document.getElementById('app').outerHTML = ${JSON.stringify(whole).replaceAll('<', '\\u003c')}</script>`
      : whole;
  return `<!doctype html><html lang="${lang}"><head>${kind === 'gbk' ? '' : '<meta charset="utf-8">'}<title>${title}</title>
<meta name="author" content="${byline}"><link rel="stylesheet" href="/style.css"><link rel="icon" href="/icon.svg"></head><body>${shown}</body></html>`;
}

const listener: RequestListener = (request, response) => {
  const path = new URL(request.url ?? '/', 'http://site.invalid').pathname;
  const send = (type: string, body: string | Buffer, status = 200) =>
    response.writeHead(status, { 'content-type': type }).end(body);
  const article = articles.find((one) => one.path === path);
  const colours = /^\/pictures\/(\d+)-(\d+)-(\d+)\.png$/.exec(path);
  if (article?.kind === 'gbk') send('text/html; charset=gbk', encode(pageOf(article), 'gbk'));
  else if (article) send('text/html', pageOf(article), article.kind === 'gone' ? 404 : 200);
  else if (colours) send('image/png', landscape(colours.slice(1).map(Number) as unknown as Rgb));
  else if (path === '/style.css') send('text/css', style);
  else if (path === '/type.css') send('text/css', '@font-face{font-family:Site;src:url(/site.ttf)}');
  else if (path === '/site.ttf') send('font/ttf', blockFont('H'));
  else if (path === '/icon.svg')
    send(
      'image/svg+xml',
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#c81e5a"/></svg>',
    );
  else if (path === '/frame')
    send(
      'text/html; charset=utf-8',
      `<!doctype html><body style="margin:0;font:14px sans-serif"><img src="/pictures/${framed.sky.join('-')}.png" style="display:block;width:160px;height:80px" alt=""><p>${framed.text}</p>`,
    );
  else if (path !== '/hangs.png') send('text/plain', 'Not found', 404);
};

/** A site on a loopback port. */
export interface Site {
  readonly origin: string;
  /** Stops answering; from then on the port only notes who comes. */
  cut(): Promise<void>;
  /** Connections since it was cut. */
  callers(): number;
  close(): Promise<void>;
}

/** Serves the ten pages. */
export async function openSite(): Promise<Site> {
  const server = createServer(listener);
  const sockets = new Set<Socket>();
  let cut = false;
  let callers = 0;
  // What fails before it is closed must not keep the process.
  server.unref();
  server.on('connection', (socket) => {
    socket.unref();
    if (cut) {
      callers++;
      socket.destroy();
    }
    sockets.add(socket.on('close', () => sockets.delete(socket)));
  });
  await listen(server);
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async cut() {
      cut = true;
      endAll();
    },
    callers: () => callers,
    async close() {
      endAll();
      await new Promise((done) => server.close(done));
    },
  };
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
}
