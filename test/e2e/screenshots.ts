// Takes every page of the interface, wide and narrow, light and dark, in both languages, into .cache/screenshots, and the
// picture of the README into docs: node scripts/node.mjs test/e2e/screenshots.ts
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { preferencesKey } from '../../src/web/i18n/preferences.ts';
import { newHoldfast } from '../support/holdfast.ts';
import { launchBrowser } from './support/browser.ts';
import { fillLibrary } from './support/demo-library.ts';
import { everyLooks, openAs, pictureFolder, pictureOf, take } from './support/pictures.ts';
import { startServer } from './support/server.ts';
import { openSite } from './support/site.ts';

const root = resolve(import.meta.dirname, '../..');
mkdirSync(pictureFolder, { recursive: true });

const holdfast = newHoldfast();
let browser: Browser | undefined;
after(() => browser?.close());

test('takes the pictures', { timeout: 900_000 }, async () => {
  const server = await startServer(holdfast);
  const site = await openSite();
  browser = await launchBrowser();
  const first = await openAs(browser, everyLooks[0]!);
  await first.goto(server.origin);
  await take(first, pictureOf('empty', everyLooks[0]!));
  const ids = await fillLibrary(server, site);
  await first.setViewportSize({ width: 1280, height: 1000 });
  await first.goto(server.origin);
  await first.getByTestId('link-row').first().waitFor();
  await take(first, join(root, 'docs/screenshot.png'));
  await first.context().close();

  const link = `/links/${ids.get('/en/mirror-registry')}`;
  const pages: Record<string, string> = {
    library: '/',
    search: '/?q=registry%20%E5%AE%89%E8%A3%85%20OR%20lighthouse',
    nothing: '/?q=nothing-at-all',
    replay: link,
    text: `${link}?tab=text`,
    screenshot: `${link}?tab=screenshot`,
    resources: `${link}?tab=resources`,
    missing: `/links/${ids.get('/en/harbour')}?tab=missing`,
    'not-found': `/links/${ids.get('/en/moved-away')}`,
    activity: '/activity',
    trash: '/trash',
    settings: '/settings',
    lost: '/there-is-no-such-page',
  };
  for (const looks of everyLooks) {
    const page = await openAs(browser, looks);
    const name = (what: string) => pictureOf(what, looks);
    for (const [what, path] of Object.entries(pages)) {
      await page.goto(server.origin + path);
      await take(page, name(what));
    }
    await page.goto(server.origin);
    await page
      .getByTestId('add-field')
      .fill('https://example.org/one\nhttps://example.org/two\nno link\nftp://x.org/');
    await take(page, name('adding'));
    await page.getByTestId('add-field').fill('');
    if (looks.phone) await page.getByTestId('select-mode').tap();
    for (const row of (await page.getByTestId('link-row').all()).slice(0, 3)) {
      if (!looks.phone) await row.hover();
      await row.getByTestId('link-select').click();
    }
    await take(page, name('selected'));
    await page
      .getByTestId('bulk-bar')
      .getByRole('button')
      .nth(looks.phone ? 1 : 2)
      .click();
    await take(page, name('bulk-tags'));
    await page.keyboard.press('Escape');
    await page.evaluate(([key, value]) => localStorage.setItem(key, value), [
      preferencesKey,
      JSON.stringify({ view: 'cards' }),
    ] as const);
    await page.goto(server.origin);
    await take(page, name('cards'));
    await page.context().close();
  }
  await site.close();
});
