import { MemoryBlobStore } from '../../../store/index.ts';
import type { SnapshotReader } from '../../types.ts';
import { createSnapshotReaders } from '../readers.ts';
import { picture } from './picture.ts';
import { answered, storePage } from './stored-page.ts';

const origin = 'https://guide.example.org';

/** The address that the page was asked for at; it redirects to the page. */
export const address = `${origin}/old`;

/** A page that needs its style sheet, its picture, a redirect and the answer to a POST to look as it should. */
export async function archivedPage(): Promise<SnapshotReader> {
  const store = new MemoryBlobStore();
  const html = `<!DOCTYPE html><html lang="zh"><head><meta charset="gbk"><link rel="stylesheet" href="style.css"></head>
<body><h1>\xc0\xeb\xcf\xdf</h1><p id="words">Installed without a network</p><img id="picture" src="/picture.png">
<p id="answer"></p><script>fetch('/search', {method: 'POST', headers: {'Content-Type': 'application/x-www-form-urlencoded'}, body: 'q=mirror'})
.then((r) => r.text()).then((t) => { document.getElementById('answer').textContent = t; });</script></body></html>`;
  const exchanges = [
    await answered(store, address, 'text/html', '', {
      type: 'document',
      status: 302,
      body: null,
      atMs: 0,
      responseHeaders: [['location', '/guide']],
    }),
    await answered(store, `${origin}/guide`, 'text/html; charset=gbk', Buffer.from(html, 'latin1'), {
      atMs: 100,
    }),
    await answered(store, `${origin}/style.css`, 'text/css', '#words { letter-spacing: 7px }', { atMs: 200 }),
    await answered(store, `${origin}/picture.png`, 'image/png', picture(3, 2), { atMs: 300 }),
    await answered(store, `${origin}/search`, 'text/plain', 'answer to mirror', {
      method: 'POST',
      requestHeaders: [['content-type', 'application/x-www-form-urlencoded']],
      requestBody: 'q=mirror',
      atMs: 400,
    }),
    await answered(store, `${origin}/search`, 'text/plain', 'answer to something else', {
      method: 'POST',
      requestHeaders: [['content-type', 'application/x-www-form-urlencoded']],
      requestBody: 'q=other',
      atMs: 500,
    }),
  ];
  const digest = await storePage(store, {
    exchanges,
    config: { url: address, finalUrl: `${origin}/guide` },
    layers: [
      { role: 'page-text', mediaType: 'text/plain', bytes: Buffer.from('Installed without a network') },
    ],
  });
  return createSnapshotReaders({ store }).open(digest);
}
