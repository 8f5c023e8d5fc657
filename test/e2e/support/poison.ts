import type { RequestListener } from 'node:http';
import { deflateSync, gzipSync } from 'node:zlib';
import { hostileCss, hostileDocument, hostileSvg } from '../../../src/http/testing/hostile.ts';

/** Runs where markup is taken for what it is not: raises a flag, asks the canary, opens a dialog. */
export const poisonOf = (canary: string) =>
  `"'></title></textarea></script><img src=x onerror="window.poisoned=1;alert(1);fetch('${canary}/poison')"><script>window.poisoned=1;alert(2)</script><svg onload=alert(3)>{{7*7}}[x](javascript:alert(4))`;

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** File names that want out of the folder, to run, or to split a header. */
export const hostileNames = [
  'attachment; filename="../../../../../../tmp/holdfast-escaped.sh"',
  "attachment; filename*=UTF-8''..%2F..%2F..%2Ftmp%2Fholdfast-escaped%00.html",
  'attachment; filename="C:\\\\Windows\\\\evil.exe"',
  "attachment; filename*=UTF-8''a%0D%0ASet-Cookie:%20x=1%0D%0A.bin",
  'attachment; filename=".bashrc"',
];

/** A site whose every page wants to run something where its snapshot is shown. */
export function poisonSite(canary: string): RequestListener {
  const poison = escaped(poisonOf(canary));
  const own = { css: '/own.css', svg: '/own.svg', frame: '/frame' };
  const meta = [
    'author',
    'description',
    'og:title',
    'og:site_name',
    'og:description',
    'twitter:title',
    'og:image',
  ]
    .map((name) => `<meta name="${name}" property="${name}" content="${poison}">`)
    .join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="window.poisoned=1;alert(5)"><script>window.poisoned=1;alert(6);fetch('${canary}/svg')</script><rect width="9" height="9" fill="red"/><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="${canary}/inside"/></foreignObject></svg>`;
  const article = `<article><h1>${poison}</h1>${'<p>A paragraph that a reader keeps for its words.</p>'.repeat(20)}
    <p>${poison}</p><p><a href="javascript:alert(7)">press</a> <a href="data:text/html,<script>alert(8)</script>">press</a></p><pre>${poison}</pre></article>`;
  const page = hostileDocument(canary, own, { navigates: false })
    .replace(
      '<meta charset="utf-8">',
      `<meta charset="utf-8"><title>${poison}</title>${meta}<link rel="icon" href="/icon.svg">`,
    )
    .replace('<p>shown</p>', `<p>shown</p>${article}`);
  return (request, response) => {
    const path = request.url ?? '/';
    const send = (type: string, body: string | Buffer, headers: Record<string, string> = {}) =>
      response.writeHead(200, { 'content-type': type, ...headers }).end(body);
    const name = /^\/file\/(\d+)\//.exec(path);
    if (path === '/page') send('text/html', page);
    else if (path === '/frame') send('text/html', hostileDocument(canary, own, { navigates: true }));
    else if (path === '/own.css') send('text/css', hostileCss(canary));
    else if (path === '/own.svg') send('image/svg+xml', hostileSvg(canary));
    else if (path === '/icon.svg' || path === '/picture.svg') send('image/svg+xml', svg);
    else if (path === '/page.xml')
      send(
        'application/xhtml+xml',
        `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>${svg}<p>${'Words. '.repeat(50)}</p></body></html>`,
      );
    else if (path === '/text') send('text/plain', poisonOf(canary).repeat(20));
    else if (name)
      send('application/octet-stream', 'bytes', { 'content-disposition': hostileNames[Number(name[1])]! });
    else if (path === '/crossing') send('text/html', crossing);
    else response.writeHead(404).end();
  };
}

const crossing = '<!doctype html><title>Another site</title><p>A page of another site</p>';
const zeros = Buffer.alloc(96 * 2 ** 20);

/** A site whose pages want to bring the server down. */
export function bombSite(): RequestListener {
  return (request, response) => {
    const html = (body: string, headers: Record<string, string> = {}) =>
      response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body);
    const endless = (type: string, chunk: string) => {
      response.writeHead(200, { 'content-type': type });
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    };
    switch (request.url) {
      case '/gzip':
        return response
          .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
          .end(gzipSync(zeros, { level: 1 }));
      case '/deflate.png':
        return response
          .writeHead(200, { 'content-type': 'image/png', 'content-encoding': 'deflate' })
          .end(deflateSync(zeros, { level: 1 }));
      case '/pictures':
        return html(`<h1>Pictures</h1><p>${'Words. '.repeat(80)}</p><img src="/deflate.png">`);
      case '/endless':
        return endless('text/html', `<p>${'more '.repeat(4000)}</p>`);
      case '/sheet.css':
        return endless('text/css', `p{color:red}${'/* more */'.repeat(4000)}`);
      case '/styles':
        return html(`<link rel="stylesheet" href="/sheet.css"><p>${'Words. '.repeat(80)}</p>`);
      case '/loop':
        return html(`<p>${'Words. '.repeat(80)}</p><script>for (;;);</script>`);
      case '/deep':
        return html('<div>'.repeat(60_000));
      case '/dialogs':
        return html(
          `<p>${'Words. '.repeat(80)}</p><script>onbeforeunload = () => 1; for (let i = 0; i < 1e4; i++) alert(i)</script>`,
        );
      case '/plain':
        return html(`<title>Plain</title><h1>Plain</h1><p>${'Words. '.repeat(80)}</p>`);
      default:
        return response.writeHead(404).end();
    }
  };
}
