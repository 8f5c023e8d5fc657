import { existsSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Rendered } from './judge.ts';
import { decodePng } from './png.ts';

const candidates = ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium-headless-shell'];
export const viewport = { width: 1280, height: 800 };

/** The browser that shows pages to the suite; HOLDFAST_BROWSER names another one. */
export function browserPath(): string {
  const path = [process.env.HOLDFAST_BROWSER, ...candidates].find((one) => one && existsSync(one));
  if (!path) throw new Error('No browser: apt-get install chromium-headless-shell, or set HOLDFAST_BROWSER');
  return path;
}

/** Two browsers: one shows live pages, the other has no way to any network and tells what it was asked for. */
export interface Shower {
  live(url: string, options: { fullPage: boolean; settleMs: number }): Promise<Rendered>;
  /** `scripts` false shows it as the replay's sandbox does. */
  replay(html: string, options: { fullPage: boolean; scripts?: boolean }): Promise<Rendered>;
  /** Any picture that browsers read, as a PNG; undefined where it is none. */
  toPng(picture: Uint8Array): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** All rendered text of all frames and shadow roots, closed ones too. */
async function visibleText(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const shot = await session.send('DOMSnapshot.captureSnapshot', { computedStyles: ['visibility'] });
  const texts = shot.documents.map(({ layout, nodes }) => {
    const shown = layout.text.filter((_, i) => shot.strings[layout.styles[i]?.[0] ?? -1] !== 'hidden');
    const typed = [...(nodes.textValue?.value ?? []), ...(nodes.inputValue?.value ?? [])];
    return [...shown, ...typed].map((index) => shot.strings[index] ?? '').join(' ');
  });
  await session.detach();
  return [texts[0], ...texts.slice(1).sort()].join(' ');
}

/** Scrolls through the page and back, as a reader would, so that lazy content comes. */
async function scrollThrough(page: Page): Promise<void> {
  for (const top of [700, 1400, 2100, 0]) {
    // A page may have replaced what evaluation needs; it is then seen from its top alone.
    await page.evaluate((y) => scrollTo({ top: y, behavior: 'instant' }), top).catch(() => undefined);
    await page.waitForTimeout(50);
  }
}

/** The longest page that is looked at whole. */
const maxHeight = 3000;

async function look(page: Page, fullPage: boolean): Promise<Pick<Rendered, 'picture' | 'text'>> {
  if (fullPage) {
    // A taller window, not a stitched picture: frames far from the window are not painted.
    const session = await page.context().newCDPSession(page);
    const { cssContentSize } = await session.send('Page.getLayoutMetrics');
    await page.setViewportSize({
      ...viewport,
      height: Math.min(maxHeight, Math.ceil(cssContentSize.height)),
    });
    await page.waitForTimeout(150);
  }
  const png = await page.screenshot({ animations: 'allow', caret: 'hide', timeout: 15_000 });
  return { picture: decodePng(png), text: await visibleText(page) };
}

async function watched(context: BrowserContext, requests: string[], own: string) {
  const page = await context.newPage();
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(`${dialog.type()} "${dialog.message()}"`);
    dialog.dismiss().catch(() => undefined);
  });
  context.on('page', (popup) => popup.close().catch(() => undefined));
  context.on('request', (request) => {
    if (request.url() !== own && !/^(data|blob|about):/.test(request.url())) requests.push(request.url());
  });
  return { page, dialogs };
}

/** A port that refuses and remembers: what interception misses (prefetch, sockets, workers) ends here. */
async function openTrap() {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.once('data', (data) => {
      seen.push(data.toString('latin1').split('\r\n')[0] ?? '');
      socket.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { seen, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** Starts both browsers. */
export async function openShower(): Promise<Shower> {
  const executablePath = browserPath();
  // All frames in one process, so that one DOM snapshot holds the text of every frame.
  const args = ['--disable-site-isolation-trials', '--disable-features=IsolateOrigins,site-per-process'];
  const liveBrowser: Browser = await chromium.launch({ executablePath, args });
  const cutOff: Browser = await chromium.launch({ executablePath, args });
  const picturePage = await liveBrowser.newPage();

  return {
    async live(url, { fullPage, settleMs }) {
      const context = await liveBrowser.newContext({ viewport });
      try {
        const requests: string[] = [];
        const { page, dialogs } = await watched(context, requests, url);
        await page.goto(url, { waitUntil: 'commit' });
        await page.waitForLoadState('load', { timeout: 2500 }).catch(() => undefined);
        await page.waitForTimeout(150);
        await scrollThrough(page);
        await page.waitForTimeout(settleMs);
        return { ...(await look(page, fullPage)), requests, dialogs };
      } finally {
        await context.close();
      }
    },
    async replay(html, { fullPage, scripts = true }) {
      const trap = await openTrap();
      const context = await cutOff.newContext({
        viewport,
        javaScriptEnabled: scripts,
        proxy: { server: trap.address, bypass: '<-loopback>' },
      });
      try {
        const requests: string[] = [];
        const own = 'http://replay.invalid/';
        await context.route('**/*', (route) =>
          route.request().url() === own && route.request().isNavigationRequest()
            ? route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' })
            : route.abort(),
        );
        const { page, dialogs } = await watched(context, requests, own);
        await page.goto(own, { waitUntil: 'load', timeout: 20_000 });
        await page.waitForTimeout(100);
        const shown = await look(page, fullPage);
        return { ...shown, requests: [...requests, ...trap.seen], dialogs };
      } finally {
        await context.close();
        trap.close();
      }
    },
    async toPng(picture) {
      const base64 = await picturePage.evaluate(async (source) => {
        try {
          const blob = new Blob([Uint8Array.from(atob(source), (c) => c.charCodeAt(0))]);
          const bitmap = await createImageBitmap(blob);
          const canvas = new OffscreenCanvas(bitmap.width, Math.min(bitmap.height, 3000));
          canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
          const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
          return (bytes as Uint8Array & { toBase64(): string }).toBase64();
        } catch {
          return undefined;
        }
      }, Buffer.from(picture).toString('base64'));
      return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
    },
    async close() {
      await Promise.all([liveBrowser.close(), cutOff.close()]);
    },
  };
}
