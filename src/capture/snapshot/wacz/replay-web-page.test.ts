import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import type { Frame, Page } from 'playwright-core';
import { address, archivedPage } from '../testing/archived-page.ts';
import { launchBrowser } from '../testing/launch-browser.ts';
import { installPlayer, servePlayer } from '../testing/replay-web-page.ts';

test('ReplayWeb.page shows a WACZ: text, style, picture, redirect and the answer to a POST', async (t) => {
  const player = await installPlayer().catch((error: Error) => error);
  if (player instanceof Error)
    return t.skip(`the player could not be fetched: ${player.message.slice(0, 200)}`);
  const archive = await buffer((await (await archivedPage()).as('wacz')).body);
  const { origin, server } = await servePlayer(player, archive);
  t.after(() => server.close());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const view = new URLSearchParams({ view: 'pages', url: address });
  await page.goto(`${origin}/?source=${encodeURIComponent(`${origin}/page.wacz`)}#${view}`);

  const replay = await frameWith(page, '#words');
  assert.equal(await replay.textContent('h1'), '离线', 'the bytes are as received, in GBK');
  await replay.waitForFunction(() => document.querySelector('#answer')?.textContent !== '');
  const seen = await replay.evaluate(() => ({
    words: document.querySelector('#words')?.textContent,
    spacing: getComputedStyle(document.querySelector('#words')!).letterSpacing,
    picture: document.querySelector<HTMLImageElement>('#picture')?.naturalWidth,
    answer: document.querySelector('#answer')?.textContent,
  }));
  assert.deepEqual(seen, {
    words: 'Installed without a network',
    spacing: '7px',
    picture: 3,
    answer: 'answer to mirror',
  });
});

/** The frame in which the player shows the page. */
async function frameWith(page: Page, selector: string): Promise<Frame> {
  const until = Date.now() + 25_000;
  while (Date.now() < until) {
    for (const frame of page.frames()) if ((await frame.$(selector).catch(() => null)) !== null) return frame;
    await page.waitForTimeout(100);
  }
  const frames = page.frames().map((frame) => frame.url());
  throw new Error(`the player did not show the page within 25 s; its frames: ${frames.join(' ')}`);
}
