// Takes every page of the interface, wide and narrow, light and dark, in both languages, into .cache/screenshots, and the
// picture of the README into docs: node scripts/node.mjs test/e2e/screenshots.ts
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { preferencesKey } from '../../src/web/i18n/preferences.ts';
import { newHoldfast } from '../support/holdfast.ts';
import { launchBrowser, openWatched } from './support/browser.ts';
import { fillLibrary, withPlainAddresses } from './support/demo-library.ts';
import { startServer } from './support/server.ts';
import { openSite } from './support/site.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.cache/screenshots');
mkdirSync(folder, { recursive: true });

const sizes = [
  { width: 1280, height: 800, phone: false },
  { width: 390, height: 844, phone: true },
];

interface Looks {
  readonly width: number;
  readonly height: number;
  readonly phone: boolean;
  readonly theme: 'light' | 'dark';
  readonly language: 'en' | 'zh-CN';
}

const everyLooks: Looks[] = sizes.flatMap((size) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['en', 'zh-CN'] as const).map((language) => ({ ...size, theme, language })),
  ),
);

async function openAs(browser: Browser, { width, height, phone, theme, language }: Looks): Promise<Page> {
  const { page } = await openWatched(browser, {
    viewport: { width, height },
    colorScheme: theme,
    locale: language,
    reducedMotion: 'reduce',
    ...(phone && { isMobile: true, hasTouch: true, deviceScaleFactor: 2 }),
  });
  await withPlainAddresses(page);
  return page;
}

/** Waits until pictures and frames have come, then takes the picture. */
async function take(page: Page, path: string): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 4_000 }).catch(() => undefined);
  await page.waitForTimeout(300);
  await page.screenshot({ path, animations: 'disabled' });
}

const holdfast = newHoldfast();
let browser: Browser | undefined;
after(() => browser?.close());

test('takes the pictures', { timeout: 900_000 }, async () => {
  const server = await startServer(holdfast);
  const site = await openSite();
  browser = await launchBrowser();
  const first = await openAs(browser, everyLooks[0]!);
  await first.goto(server.origin);
  await take(first, join(folder, 'empty-1280-light-en.png'));
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
    const name = (what: string) =>
      join(folder, `${what}-${looks.width}-${looks.theme}-${looks.language}.png`);
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
