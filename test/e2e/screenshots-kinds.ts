// Takes the pages of files, images, releases and the registry as screenshots.ts takes the others:
// node scripts/node.mjs test/e2e/screenshots-kinds.ts
import { mkdirSync } from 'node:fs';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { preferencesKey } from '../../src/web/i18n/preferences.ts';
import { launchBrowser } from './support/browser.ts';
import { openKinds } from './support/kinds.ts';
import { everyLooks, openAs, pictureFolder, pictureOf, take } from './support/pictures.ts';

mkdirSync(pictureFolder, { recursive: true });
const kinds = await openKinds();
const without = await openKinds({ registry: false });
const browser = await launchBrowser();
after(() => browser.close());

const shots: Record<string, (page: Page) => Promise<unknown>> = {
  'kinds-library': (page) => page.goto(kinds.origin),
  file: (page) => page.goto(`${kinds.origin}/links/${kinds.iso}`),
  'file-preview': (page) => page.goto(`${kinds.origin}/links/${kinds.pdf}?tab=preview`),
  image: async (page) => {
    await page.goto(`${kinds.origin}/links/${kinds.image}`);
    await page.getByTestId('platform').first().getByRole('button').first().click();
  },
  release: (page) => page.goto(`${kinds.origin}/links/${kinds.release}`),
  'release-component': async (page) => {
    await page.goto(`${kinds.origin}/links/${kinds.release}`);
    await page.getByTestId('component-search').fill('etcd');
    await page.getByTestId('component').first().getByRole('button').first().click();
  },
  installation: (page) => page.goto(`${kinds.origin}/links/${kinds.release}?tab=installation`),
  registry: async (page) => {
    await page.goto(`${kinds.origin}/registry`);
    await page.getByTestId('repository').first().getByRole('button').first().click();
    await page.getByTestId('image-tag').first().getByRole('button').first().click();
    await page.getByTestId('platform').first().getByRole('button').first().click();
  },
  'registry-off': (page) => page.goto(`${without.origin}/registry`),
  'kinds-cards': async (page) => {
    await page.goto(kinds.origin);
    await page.evaluate(([key, value]) => localStorage.setItem(key, value), [
      preferencesKey,
      JSON.stringify({ view: 'cards' }),
    ] as const);
    await page.goto(kinds.origin);
  },
};

test('takes the pictures', { timeout: 600_000 }, async () => {
  const only = process.env.ONLY_LOOKS;
  for (const looks of everyLooks) {
    if (only && only !== `${looks.width}-${looks.theme}-${looks.language}`) continue;
    const page = await openAs(browser, looks);
    page.setDefaultTimeout(20_000);
    for (const [what, show] of Object.entries(shots)) {
      await show(page);
      await take(page, pictureOf(what, looks));
    }
    await page.context().close();
  }
});
