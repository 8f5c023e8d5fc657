import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { MemoryBlobStore } from '../../../store/index.ts';
import { referenceTo } from '../../page/compose/references.ts';
import { createSnapshotReaders } from '../readers.ts';
import { launchBrowser } from '../testing/launch-browser.ts';
import { picture } from '../testing/picture.ts';
import { storePage } from '../testing/stored-page.ts';
import type { LayerInput } from '../write-snapshot.ts';

test('a single HTML file from disk shows picture, style and frame, and asks nobody for anything', async (t) => {
  const asked: string[] = [];
  const canary = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((listening) => canary.listen(0, '127.0.0.1', listening));
  t.after(() => canary.close());
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-single-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'page.html');
  const leak = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
  const html = await text(await singleHtmlOf(leak));
  await writeFile(file, html);

  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });

  const main = await page.evaluate(() => ({
    mode: document.compatMode,
    charset: document.characterSet,
    language: document.documentElement.lang,
    picture: document.querySelector<HTMLImageElement>('#picture')?.naturalWidth,
    color: getComputedStyle(document.querySelector('p')!).color,
    text: document.querySelector('p')?.textContent,
  }));
  assert.deepEqual(main, {
    mode: 'CSS1Compat',
    charset: 'UTF-8',
    language: 'zh',
    picture: 5,
    color: 'rgb(1, 2, 3)',
    text: '离线',
  });
  const frame = page.frames().find((one) => one.url().startsWith('data:text/html'));
  assert.equal(await frame?.evaluate(() => document.querySelector('img')?.naturalWidth), 5);
  assert.equal(await frame?.textContent('b'), '内框');
  await page.waitForTimeout(300);
  assert.equal(asked.join(' '), '');

  await writeFile(file, html.replace(/<meta http-equiv[^>]*>/, ''));
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
  assert.ok(asked.includes('/image'), 'without its policy it would ask');
});

/** A page that was serialized badly: addresses outside are left in it, in its style and in its frame. */
async function singleHtmlOf(leak: string): Promise<AsyncIterable<Uint8Array>> {
  const store = new MemoryBlobStore();
  const layers: LayerInput[] = [];
  const add = async (mediaType: string, content: string | Uint8Array) => {
    const { digest, sizeBytes } = await store.put(Buffer.from(content));
    layers.push({ role: 'resource', mediaType, digest, size: sizeBytes });
    return referenceTo(digest);
  };
  const image = await add('image/png', picture(5, 4));
  const inner = await add('text/css', `p { color: rgb(1, 2, 3); background: url(${leak}/background) }`);
  const outer = await add('text/css', `@import "${inner}"; @import "${leak}/import.css";`);
  const frame = await add(
    'text/html',
    `<!DOCTYPE html><b>内框</b><img src="${image}"><img src="${leak}/in-frame"><iframe src="${leak}/nested"></iframe>
<script>fetch('${leak}/frame-script')</script>`,
  );
  layers.push({
    role: 'html',
    mediaType: 'text/html',
    bytes: Buffer.from(
      `<!DOCTYPE html><html lang="zh"><head><link rel="stylesheet" href="${outer}"><link rel="icon" href="${leak}/icon">
</head><body><p>离线</p><img id="picture" src="${image}"><img src="${leak}/image"><video src="${leak}/video"></video>
<object data="${leak}/object"></object><iframe src="${frame}"></iframe><script>fetch('${leak}/script')</script></body></html>`,
    ),
  });
  const digest = await storePage(store, { layers });
  return (await (await createSnapshotReaders({ store }).open(digest)).as('html')).body;
}
