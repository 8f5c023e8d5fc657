import type { RequestListener } from 'node:http';
import { attackPage, attackPart } from '../../../src/capture/egress/testing/attack-page.ts';
import { hostileDocument } from '../../../src/http/testing/hostile.ts';
import type { Server } from './server.ts';

const words = `<p>${'Words that a reader would see on this page. '.repeat(20)}</p>`;
const documentOf = (inside: string) =>
  `<!doctype html><meta charset="utf-8"><title>Bait</title><h1>Bait</h1>${words}${inside}`;

/** Tries to show a file of the machine, or to bring its text into the page. */
const fileFrames = [
  'file:///etc/passwd',
  'file://localhost/etc/passwd',
  'view-source:file:///etc/passwd',
  'filesystem:file:///etc/passwd',
]
  .map(
    (url) => `<iframe src="${url}"></iframe><img src="${url}"><object data="${url}"></object><script>
      fetch("${url}").then((r) => r.text()).then((t) => document.body.append(t)).catch(() => 0); open("${url}")</script>`,
  )
  .join('');

/** Tries to read and to change Holdfast by the browser that captures. */
const ownApi = ({ origin, replayOrigin }: Server) => `
  <iframe src="${origin}/api/links"></iframe><img src="${replayOrigin}/"><iframe name="t"></iframe>
  <form id="f" target="t" method="post" enctype="text/plain" action="${origin}/api/links">
    <input name='{"links":[{"url":"http://planted.example/","note":"' value='"}]}'></form>
  <script>f.submit();
    fetch("${origin}/api/links").then((r) => r.text()).then((t) => document.body.append(t)).catch(() => 0);
    fetch("${origin}/api/links", { method: 'POST', mode: 'no-cors', body: '{"links":[{"url":"http://planted.example/"}]}' })
      .catch(() => 0)</script>`;

/** What a site answers that wants a capture to reach `forbidden` (host and port), files or Holdfast. */
export function baitFor(options: { forbidden: string; stunPort: number; server: Server }): RequestListener {
  const { forbidden, stunPort, server } = options;
  const nowhere = { css: '/none.css', svg: '/none.svg', frame: '/none' };
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://site.invalid');
    const target = decodeURIComponent(url.search.slice(1));
    const html = (body: string) => response.setHeader('content-type', 'text/html').end(body);
    const redirect = (status: number, location: string) => response.writeHead(status, { location }).end();
    const part = attackPart(url.pathname, forbidden);
    if (part) return response.setHeader('content-type', part.type).end(part.body);
    switch (url.pathname) {
      case '/redirect':
        return redirect(302, target);
      case '/moved':
        return redirect(308, target);
      case '/hop':
        return redirect(302, `/redirect${url.search}`);
      case '/refresh':
        return html(`<meta http-equiv="refresh" content="0;url=${target}">`);
      case '/script':
        return html(`<script>location = ${JSON.stringify(target)}</script>`);
      case '/ways':
        return html(attackPage(forbidden, stunPort).replace('<body>', `<body>${words}`));
      case '/everything':
        return html(
          hostileDocument(`http://${forbidden}`, nowhere, { navigates: false }).replace(
            '<p>shown</p>',
            words,
          ),
        );
      case '/files':
        return html(documentOf(fileFrames));
      case '/own-api':
        return html(documentOf(ownApi(server)));
      default:
        return response.writeHead(404).end();
    }
  };
}
