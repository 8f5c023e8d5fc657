import { createGzip } from 'node:zlib';
import type { Verdict } from '../../src/links/index.ts';
import type { Reply, SiteSource } from './site.ts';

/** A link that leads to no good page, or only nearly, with the verdicts that are true for it. */
export interface OddPage {
  readonly path: string;
  /** A whole address, where it is not of this site. */
  readonly url?: string;
  readonly reply?: Reply;
  readonly verdicts: readonly Verdict[];
  /** A code that the evidence must hold. */
  readonly because?: string;
}

const html = (title: string, body: string) =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;
const article = '<h1>An article</h1><p>Some words that can be read.</p>';

/** The odd ones, each on purpose. */
export const oddPages: readonly OddPage[] = [
  {
    path: '/404',
    reply: { status: 404, body: html('Not found', '<h1>No such page</h1>') },
    verdicts: ['not-found'],
    because: 'httpStatus',
  },
  { path: '/nothing-here', verdicts: ['not-found'], because: 'httpStatus' },
  {
    path: '/410',
    reply: { status: 410, body: html('Gone', '<h1>Gone</h1>') },
    verdicts: ['not-found'],
    because: 'httpStatus',
  },
  {
    path: '/500',
    reply: { status: 500, body: html('Error', '<h1>Internal error</h1>') },
    verdicts: ['failed'],
    because: 'httpStatus',
  },
  {
    path: '/503',
    reply: { status: 503, headers: { 'retry-after': '60' }, body: html('Busy', '<h1>Too busy</h1>') },
    verdicts: ['failed'],
    because: 'httpStatus',
  },
  { path: '/blank', reply: { body: html('Blank', '') }, verdicts: ['blank'], because: 'noVisibleContent' },
  {
    path: '/blank-application',
    reply: { body: html('App', '<div id="root"></div><script>undefinedFunction()</script>') },
    verdicts: ['blank'],
    because: 'noVisibleContent',
  },
  { path: '/hanging', reply: () => undefined, verdicts: ['failed'], because: 'timeCap' },
  {
    path: '/reset',
    reply: (_, response) => void response.destroy(),
    verdicts: ['failed'],
    because: 'networkError',
  },
  {
    path: '/loop',
    reply: { status: 302, headers: { location: '/loop' }, body: '' },
    verdicts: ['failed'],
    because: 'networkError',
  },
  { path: '/refused', url: 'http://127.0.1.250:9999/', verdicts: ['failed'], because: 'networkError' },
  {
    path: '/unresolvable',
    url: 'http://no-such-host.invalid/',
    verdicts: ['failed'],
    because: 'networkError',
  },
  { path: '/private', url: 'http://10.255.255.1/', verdicts: ['failed'], because: 'refusedAddress' },
  {
    path: '/metadata',
    reply: { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' }, body: '' },
    verdicts: ['failed'],
    because: 'refusedAddress',
  },
  {
    path: '/hanging-picture',
    reply: { body: html('Picture', `${article}<img src="/hanging" width="40" height="40">`) },
    verdicts: ['good'],
  },
  {
    path: '/lost-picture',
    reply: { body: html('Picture', `${article}<img src="/lost.png" alt="lost">`) },
    verdicts: ['good'],
  },
  {
    path: '/login',
    reply: { status: 302, headers: { location: '/login-form' }, body: '' },
    verdicts: ['good'],
    because: 'redirectedTo',
  },
  {
    path: '/login-form',
    reply: { body: html('Sign in', '<h1>Sign in</h1><form><input name="user"></form>') },
    verdicts: ['good'],
  },
  {
    path: '/dialogs',
    reply: {
      body: html(
        'Dialogs',
        `${article}<script>for (;;) { if (!confirm('Again?')) break } setInterval(() => alert(1), 20)</script>`,
      ),
    },
    verdicts: ['good'],
  },
  {
    path: '/download',
    reply: {
      type: 'application/zip',
      headers: { 'content-disposition': 'attachment; filename=a.zip' },
      body: Buffer.alloc(50_000, 7),
    },
    verdicts: ['good'],
    because: 'download',
  },
  {
    path: '/bomb',
    reply: (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
      const gzip = createGzip();
      gzip.on('error', () => undefined).pipe(response);
      response.on('close', () => gzip.destroy());
      const spaces = Buffer.alloc(1 << 20, 32);
      let left = 600;
      const more = () => {
        while (left-- > 0) if (!gzip.write(spaces)) return;
        gzip.end();
      };
      gzip.on('drain', more);
      more();
    },
    verdicts: ['truncated', 'failed', 'blank'],
  },
];

/** The site of the odd pages. */
export const oddSite: SiteSource = {
  name: 'odd',
  reply: (path) => oddPages.find((page) => page.path === path && !page.url)?.reply,
};
