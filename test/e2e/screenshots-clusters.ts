// Takes the pages of clusters as screenshots.ts takes the others: node scripts/node.mjs test/e2e/screenshots-clusters.ts
import { mkdirSync } from 'node:fs';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { bastionAtMasters, sceneZone } from '../support/cluster-scene.ts';
import { launchBrowser } from './support/browser.ts';
import { openClusters } from './support/clusters.ts';
import { everyLooks, openAs, pictureFolder, pictureOf } from './support/pictures.ts';

mkdirSync(pictureFolder, { recursive: true });
const played = await openClusters();
const browser = await launchBrowser();
after(() => browser.close());
const hour = 3_600_000;

/** The page never rests, so the picture does not wait for that; it is taken whole. */
async function take(page: Page, path: string): Promise<void> {
  await page.waitForTimeout(500);
  const { width, height } = page.viewportSize()!;
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  // What stays in its place while one scrolls would be in the middle of a picture of the whole page.
  await page.setViewportSize({ width, height: whole });
  await page.waitForTimeout(200);
  await page.screenshot({ path, animations: 'disabled' });
  await page.setViewportSize({ width, height });
}

const scenes: Record<string, (page: Page) => Promise<unknown>> = {
  'clusters-empty': async (page) => {
    await played.bastion(undefined);
    played.clear();
    await page.goto(`${played.origin}/clusters`);
    await page.getByText('holdfast cluster up plan.yaml').waitFor();
  },
  'cluster-not-begun': async (page) => {
    await played.play('notStarted');
    await page.goto(`${played.origin}/clusters`);
    await page.getByTestId('now').waitFor();
  },
  'cluster-masters': async (page) => {
    await played.play('masters');
    await played.bastion(() => bastionAtMasters(Date.now()));
    await page.goto(`${played.origin}/clusters/${sceneZone}`);
    await page.getByTestId('questions').getByRole('button').click();
  },
  'cluster-away': async (page) => {
    await played.play('masters', { leftMs: -2 * hour });
    await played.bastion(undefined);
    await page.goto(`${played.origin}/clusters/${sceneZone}`);
    await page.getByTestId('now').waitFor();
  },
  'cluster-aging': async (page) => {
    await played.play('masters', { leftMs: 5 * hour });
    await played.bastion(() => ({
      ...bastionAtMasters(Date.now()),
      missing: [
        { path: 'rhcos.raw.gz', file: '/srv/holdfast/clusters/images/rhcos.raw.gz' },
        { path: 'ignition/worker.ign' },
      ],
    }));
    await page.goto(`${played.origin}/clusters/${sceneZone}`);
    await page.getByTestId('all-steps').getByRole('button').click();
  },
  'cluster-finished': async (page) => {
    await played.play('finished');
    await played.bastion(undefined);
    await page.goto(`${played.origin}/clusters/${sceneZone}`);
    await page.getByTestId('requests').getByRole('button').click();
  },
};

test('takes the pictures', { timeout: 600_000 }, async () => {
  const only = process.env.ONLY_LOOKS;
  for (const looks of everyLooks) {
    if (only && only !== `${looks.width}-${looks.theme}-${looks.language}`) continue;
    const page = await openAs(browser, looks);
    page.setDefaultTimeout(20_000);
    for (const [what, show] of Object.entries(scenes)) {
      await show(page);
      await take(page, pictureOf(what, looks));
    }
    await page.context().close();
  }
});
