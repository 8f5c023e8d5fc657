import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { codes, onSite, type Route } from './testing/capture-site.ts';

const words = '<!doctype html><title>Title</title><p>Words of the page</p>';
const script = (source: string) => `${words}<script>${source}</script>`;
const never: Route = () => {};
const bomb: Route = (_, response: ServerResponse) =>
  response
    .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
    .end(gzipSync(Buffer.concat([Buffer.from(words), Buffer.alloc(60 * 1024 * 1024, ' ')])));

interface Case {
  readonly promise: string;
  readonly routes: Readonly<Record<string, Route>>;
  readonly verdicts: readonly string[];
  readonly evidence?: string;
  readonly text?: RegExp | false;
  readonly timeMs?: number;
  readonly bytes?: number;
}

const cases: readonly Case[] = [
  {
    promise: 'a page that opens dialogs in a loop without end is kept',
    routes: { '/': script('for (;;) alert(1)') },
    verdicts: ['good', 'truncated'],
  },
  {
    promise: 'a script that never returns, before the page is parsed, ends in what stood before it',
    routes: { '/': script('for (;;);') },
    verdicts: ['good', 'truncated', 'failed'],
    evidence: 'timeCap',
    text: false,
    timeMs: 8_000,
  },
  {
    promise: 'a script that never returns, after the load event, leaves the page as it was',
    routes: { '/': script('onload = () => setTimeout(() => { for (;;); }, 100)') },
    verdicts: ['good', 'truncated'],
    evidence: 'timeCap',
    timeMs: 16_000,
  },
  {
    promise: 'a picture that never comes is counted, and the page is kept',
    routes: { '/': `${words}<img src="/never.png">`, '/never.png': never },
    verdicts: ['good'],
    evidence: 'resourcesMissing',
  },
  {
    promise: 'a blocking script that never comes does not take the page away',
    routes: { '/': `${words}<script src="/never.js"></script><p>After</p>`, '/never.js': never },
    verdicts: ['good', 'truncated'],
  },
  {
    promise: 'a document that never ends is kept as far as it came',
    routes: {
      '/': (_, response) => {
        response.setHeader('content-type', 'text/html').write(words);
        const more = setInterval(() => response.write('<i>more</i>'), 100);
        response.on('close', () => clearInterval(more));
      },
    },
    verdicts: ['truncated'],
    evidence: 'timeCap',
    timeMs: 10_000,
  },
  {
    promise: 'a server that accepts and says nothing is a reason',
    routes: { '/': never },
    verdicts: ['failed'],
    evidence: 'timeCap',
    text: false,
    timeMs: 5_000,
  },
  {
    promise: 'a page that scrolls without end is kept',
    routes: {
      '/': `${words}<div id=end style="height:2000px"></div><script>addEventListener('scroll', () => { end.style.height = end.offsetHeight + 3000 + 'px' })</script>`,
    },
    verdicts: ['good'],
    evidence: 'scrollCap',
  },
  {
    promise: 'a page that closes itself ends in a snapshot or in that reason',
    routes: { '/': script("onload = () => setTimeout(() => window.open('', '_self').close(), 50)") },
    verdicts: ['good', 'failed'],
    text: false,
  },
  {
    promise: 'popups are no part of the page',
    routes: {
      '/': script("for (let i = 0; i < 9; i++) open('/pop')"),
      '/pop': '<p>Popup</p><script>for (;;) open(location)</script>',
    },
    verdicts: ['good'],
  },
  {
    promise: 'a page that asks not to be left is kept',
    routes: {
      '/': script('onbeforeunload = (e) => { e.preventDefault(); return 1 }; onunload = () => { for (;;); }'),
    },
    verdicts: ['good'],
  },
  {
    promise: 'a chain of client redirects is followed to its end',
    routes: {
      '/': '<meta http-equiv=refresh content="0;url=/2">',
      '/2': '<script>location.replace("/3")</script>',
      '/3': '<script>setTimeout(() => { location.href = "/4" }, 50)</script>',
      '/4': words,
    },
    verdicts: ['good'],
    evidence: 'redirectedTo',
  },
  {
    promise: 'a page that reloads itself for ever is kept at some point',
    routes: { '/': script('setTimeout(() => location.reload(), 200)') },
    verdicts: ['good', 'truncated'],
  },
  {
    promise: 'a page that unpacks to more than the cap is cut off with that reason',
    routes: { '/': bomb },
    verdicts: ['truncated', 'failed'],
    evidence: 'bytesCap',
    bytes: 4_000_000,
  },
  {
    promise: 'a resource that unpacks to more than the cap is left out, and the snapshot says so',
    routes: { '/': `${words}<link rel=stylesheet href="/bomb.css">`, '/bomb.css': bomb },
    verdicts: ['truncated'],
    evidence: 'bytesCap',
    bytes: 4_000_000,
  },
  {
    promise: 'a server that hangs up in the middle of the document is a snapshot or a reason',
    routes: {
      '/': (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html', 'content-length': '99999' }).write(words);
        setTimeout(() => response.destroy(), 100);
      },
    },
    verdicts: ['good', 'truncated', 'failed'],
    text: false,
  },
  {
    promise: 'a page that hides every function behind names of its form fields is kept',
    routes: {
      '/': `${words}${['getAnimations', 'querySelectorAll', 'documentElement', 'body', 'head', 'title', 'fonts', 'images', 'scrollingElement'].map((name) => `<form name=${name}></form><img name=${name}>`).join('')}`,
    },
    verdicts: ['good'],
  },
  {
    promise: 'a canvas larger than any screen that may not be read does no harm',
    routes: {
      '/': `${words}<canvas id=c style="width:90000px;height:90000px"></canvas><script>const i = new Image(); i.onload = () => c.getContext('2d').drawImage(i, 0, 0); i.src = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject></svg>'</script>`,
    },
    verdicts: ['good'],
  },
];

describe('within its cap a hostile page ends in a snapshot or in a reason:', { concurrency: 2 }, () => {
  for (const {
    promise,
    routes,
    verdicts,
    evidence,
    text = /Words of the page/,
    timeMs = 15_000,
    bytes,
  } of cases)
    test(promise, { timeout: timeMs + 30_000 }, () =>
      onSite(
        routes,
        async ({ take }) => {
          const outcome = await take();
          const seen = `${outcome.verdict} ${JSON.stringify(outcome.evidence)}`;
          assert.ok(verdicts.includes(outcome.verdict), seen);
          if (evidence) assert.ok(codes(outcome).includes(evidence), seen);
          if (text) assert.match(outcome.searchText, text);
          if (outcome.digest === null) assert.equal(outcome.verdict, 'failed');
        },
        { timeMs, ...(bytes && { bytes }) },
      ),
    );
});
