import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { web as en } from '../../src/texts/en/web.ts';
import { newHoldfast } from '../support/holdfast.ts';
import { articles } from './support/articles.ts';
import { launchBrowser, openWatched, type Watched } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { goBack, openLink, openTab, rowOf, rows, titles, verdicts } from './support/library.ts';
import { type Server, startServer } from './support/server.ts';
import { openSite, type Site } from './support/site.ts';
import { steps } from './support/steps.ts';

interface LinkJson {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly snapshot: { id: string; digest: string; verdict: string; formats: string[] };
}

describe('the command line and the open page are two views of one library', { timeout: 280_000 }, () => {
  const holdfast = newHoldfast();
  const step = steps();
  const [tea, lighthouse] = ['/zh/longjing', '/en/lighthouse'].map(
    (path) => articles.find((one) => one.path === path)!,
  );
  let server: Server;
  let site: Site;
  let browser: Browser;
  let watched: Watched;
  let page: Page;
  let added: LinkJson[];

  const run = async (...args: string[]) => {
    const ended = await holdfast.run(args);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    return ended;
  };
  const list = async (...query: string[]) => (await run('list', ...query, '--json')).json<LinkJson[]>();

  before(async () => {
    server = await startServer(holdfast);
    [site, browser] = await Promise.all([openSite(), launchBrowser()]);
    watched = await openWatched(browser);
    page = watched.page;
    await page.goto(server.origin);
    await page.getByRole('heading', { name: en.list.emptyTitle }).waitFor();
    await page.evaluate(() => Object.assign(window, { stayed: true }));
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  step('what a command adds appears in the open page and is captured by the server', async () => {
    const urls = [tea!, lighthouse!].map(({ path }) => site.origin + path);
    const adding = run('add', ...urls, '--tag', 'shelf', '--wait', '--json');
    await eventually(() => rows(page).count(), 2);
    added = (await adding).json<LinkJson[]>();
    assert.deepEqual(
      added.map(({ title, snapshot }) => [title, snapshot.verdict]),
      [
        [tea!.title, 'good'],
        [lighthouse!.title, 'good'],
      ],
    );
    await eventually(() => verdicts(page), { [tea!.title]: 'good', [lighthouse!.title]: 'good' });
    assert.equal(await rows(page).getByText('shelf').count(), 2);
  });

  step('list and show say what the page says', async () => {
    const shown = await rows(page).evaluateAll((all) => all.map((one) => one.getAttribute('data-link-id')));
    assert.deepEqual(
      (await list()).map(({ id }) => id),
      shown,
    );
    for (const query of ['茶', 'lighthouse', 'tag:shelf', '没有这个词语']) {
      await page.getByTestId('search-field').fill(query);
      const found = (await list(query)).map(({ title }) => title).toSorted();
      await eventually(() => titles(page), found, query);
    }
    await page.getByTestId('search-field').fill('');
    await eventually(() => rows(page).count(), 2);
    const one = (await run('show', added[0]!.id, '--json')).json<LinkJson>();
    assert.deepEqual([one.title, one.tags, one.snapshot.id], [tea!.title, ['shelf'], added[0]!.snapshot.id]);
  });

  step('tags of either side are seen by the other', async () => {
    await run('tag', added[0]!.id, '--add', 'drink/tea', '--remove', 'shelf');
    await rowOf(page, tea!.title).getByText('drink/tea').waitFor();
    await eventually(() => rowOf(page, tea!.title).getByText('shelf').count(), 0);
    await openLink(page, lighthouse!.title);
    await page.getByTestId('tag-input').fill('sea');
    await page.keyboard.press('Enter');
    await eventually(async () => (await list('tag:sea')).map(({ id }) => id), [added[1]!.id]);
    await goBack(page);
  });

  step('a list that is filtered loses and gains links as commands change their tags', async () => {
    await page.getByTestId('search-field').fill('tag:sea');
    await eventually(() => titles(page), [lighthouse!.title]);
    await run('tag', added[0]!.id, '--add', 'sea');
    await eventually(() => titles(page), [tea!.title, lighthouse!.title].toSorted());
    await run('tag', added[1]!.id, '--remove', 'sea');
    await eventually(() => titles(page), [tea!.title]);
    await page.getByTestId('search-field').fill('');
    await eventually(() => rows(page).count(), 2);
  });

  step('get gives the text that the page shows', async () => {
    await openLink(page, tea!.title);
    const shown = await (await openTab(page, 'text')).getByRole('article').innerText();
    const got = (await run('get', added[0]!.id, '--as', 'text')).stdout;
    for (const paragraph of tea!.paragraphs) {
      assert.ok(shown.includes(paragraph), shown);
      assert.ok(got.includes(paragraph), got);
    }
    await goBack(page);
  });

  step('a link that a command removes leaves the open page, and comes back with restore', async () => {
    await run('remove', added[1]!.id);
    await eventually(() => titles(page), [tea!.title]);
    assert.equal((await list()).length, 1);
    await run('restore', added[1]!.id);
    await eventually(() => titles(page), [tea!.title, lighthouse!.title].toSorted());
  });

  step('the page never had to be loaded again, and nothing went wrong in it', async () => {
    assert.ok(await page.evaluate(() => 'stayed' in window));
    assert.deepEqual(watched.trouble, []);
    assert.equal((await run('verify', '--json')).json<{ ok: boolean }>().ok, true);
  });
});
