import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { web as en } from '../../src/texts/en/web.ts';
import { installTexts } from '../../src/texts/index.ts';
import { web as zh } from '../../src/texts/zh-cn/web.ts';
import { bastionAtMasters, sceneZone } from '../support/cluster-scene.ts';
import { launchBrowser, openWatched, type Watched } from './support/browser.ts';
import { openClusters } from './support/clusters.ts';

// At the top, since what it ends with the suite would end with a hook.
const played = await openClusters();

describe('a cluster in a browser', { timeout: 120_000 }, () => {
  let browser: Browser;
  const watched: Watched[] = [];
  const open = async (path: string, locale = 'en-US'): Promise<Page> => {
    const opened = await openWatched(browser, { locale });
    watched.push(opened);
    await opened.page.goto(played.origin + path);
    return opened.page;
  };
  const node = (page: Page, name: string): Locator => page.locator(`[data-testid=node][data-node=${name}]`);
  const path = `/clusters/${sceneZone}`;

  before(async () => {
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    assert.deepEqual(
      watched.flatMap(({ trouble }) => trouble),
      [],
    );
  });

  test('before there is a cluster the page says how to begin, and the navigation has no place for it', async () => {
    const page = await open('/clusters');
    await page.getByText('holdfast cluster init --to plan.yaml').waitFor();
    assert.equal(await page.getByRole('link', { name: en.nav.clusters }).count(), 0);
  });

  test('the page shows the step, what it waits for, the next step, each node, and who asked what is not theirs', async () => {
    await played.play('masters');
    await played.bastion(() => bastionAtMasters(Date.now()));
    const page = await open('/');
    await page.getByRole('link', { name: en.nav.clusters }).first().click();
    // With one cluster there is nothing to choose from.
    await page.getByRole('heading', { level: 1, name: sceneZone }).waitFor();
    const now = page.getByTestId('now');
    await now.getByRole('heading', { name: en.cluster.steps.masters }).waitFor();
    await now.getByText('masters to join: master2, master3').waitFor();
    await now.getByText(en.cluster.waitedFor('12m')).waitFor();
    assert.match((await now.getByTestId('next').textContent())!, /Boot master2, master3/);
    assert.equal(await page.locator('[aria-current=step]').getAttribute('data-step'), 'masters');
    assert.match((await page.getByRole('timer').textContent())!, /17h 3\dm left/);
    await node(page, 'bootstrap').getByText(en.cluster.nodeStates.serving).waitFor();
    await node(page, 'master1').getByText(`api-int.${sceneZone} A`).waitFor();
    await node(page, 'master2').getByText(en.cluster.fetchingImage('43%')).waitFor();
    assert.equal(await node(page, 'master2').getByRole('progressbar').getAttribute('aria-valuenow'), '43');
    await node(page, 'master3').getByText(en.cluster.nodeStates.awaited).waitFor();
    await page
      .getByTestId('attention')
      .getByText(en.cluster.strangers['unknown-address']('10.225.45.77', '/ignition/master.ign'))
      .waitFor();
    await page.getByTestId('questions').getByRole('button').click();
    // The name is an attack on terminals and pages; it is shown as the text that it is.
    await page.getByText('x\ufffd"><img src=x onerror=alert(1)>.example').waitFor();
  });

  test('the page follows by itself: a fetch that goes on, a bastion that ends, an installation that is done', async () => {
    const page = await open(path);
    await node(page, 'master2').getByText(en.cluster.fetchingImage('43%')).waitFor();
    const state = bastionAtMasters(Date.now());
    const rows = state.files!.nodes.map((row) =>
      row.state === 'fetching' ? { ...row, sentBytes: row.sizeBytes! * 0.71 } : row,
    );
    await played.bastion(() => ({ ...state, files: { ...state.files!, nodes: rows } }));
    await node(page, 'master2').getByText(en.cluster.fetchingImage('71%')).waitFor();
    await played.bastion(undefined);
    await page.getByTestId('attention').getByText(en.cluster.bastionAway).waitFor();
    await played.play('finished');
    await page.getByTestId('now').getByText(en.cluster.finished).waitFor();
    const console = page.getByRole('link', { name: en.cluster.openConsole });
    assert.equal(await console.getAttribute('href'), `https://console-openshift-console.apps.${sceneZone}/`);
  });

  test('in Chinese every sentence is Chinese, and certificates that have ended say what to do', async () => {
    await played.play('masters', { leftMs: -2 * 3_600_000 });
    const page = await open(path, 'zh-CN');
    await page.getByText(zh.cluster.expired).waitFor();
    assert.equal(await page.getByTestId('certificates').getAttribute('data-tone'), 'expired');
    await page.getByTestId('now').getByRole('heading', { name: zh.cluster.steps.masters }).waitFor();
    const { mastersAwaited } = installTexts('zh-CN').told;
    await page.getByText(mastersAwaited.replace('{nodes}', 'master2, master3')).waitFor();
    await node(page, 'master1').getByText(zh.cluster.nodeStates.joining).waitFor();
  });
});
