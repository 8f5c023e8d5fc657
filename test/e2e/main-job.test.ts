import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { web as en } from '../../src/texts/en/web.ts';
import { web as zh } from '../../src/texts/zh-cn/web.ts';
import { newHoldfast } from '../support/holdfast.ts';
import { articles } from './support/articles.ts';
import { launchBrowser, openWatched, strayed, type Watched } from './support/browser.ts';
import { eventually, until } from './support/eventually.ts';
import { goBack, openLink, openTab, rowOf, rows, search, titles, verdicts } from './support/library.ts';
import type { Box } from './support/pixels.ts';
import { seesReplay, seesScreenshot } from './support/sees.ts';
import { type Server, startServer } from './support/server.ts';
import { openSite, type Site } from './support/site.ts';
import { steps } from './support/steps.ts';

const titleOf = (path: string) => articles.find((one) => one.path === path)!.title;
const everyTitle = articles.map(({ title }) => title).toSorted();
const chinese = articles.filter(({ lang }) => lang === 'zh-CN').map(({ title }) => title);

describe('a person keeps ten pages', { timeout: 280_000 }, () => {
  const holdfast = newHoldfast();
  const step = steps();
  let server: Server;
  let site: Site;
  let browser: Browser;
  let watched: Watched;
  let page: Page;
  /** Where the live pages show their pictures, at the width that snapshots are taken at. */
  const places = new Map<string, Box[]>();

  before(async () => {
    server = await startServer(holdfast);
    [site, browser] = await Promise.all([openSite(), launchBrowser()]);
    const live = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    for (const { path } of articles) {
      await live.goto(site.origin + path, { waitUntil: 'domcontentloaded' });
      const pictures = await live.locator('.pictures img').all();
      places.set(path, await Promise.all(pictures.map(async (one) => (await one.boundingBox())!)));
    }
    await live.close();
    watched = await openWatched(browser);
    page = watched.page;
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  step(
    'the field for links has the focus on the first screen, and takes ten pasted lines with a tag',
    async () => {
      await page.goto(server.origin);
      const field = page.getByTestId('add-field');
      await field.waitFor();
      assert.ok(await field.evaluate((element) => element === document.activeElement));
      await page.getByRole('heading', { name: en.list.emptyTitle }).waitFor();
      await page.evaluate(() => Object.assign(window, { stayed: true }));

      await page.keyboard.insertText(articles.map(({ path }) => site.origin + path).join('\n'));
      await page.getByText(en.add.ready(10)).waitFor();
      await page.getByTestId('tag-input').fill('harvest');
      await page.keyboard.press('Enter');
      await page.getByTestId('add-submit').click();
      await eventually(() => rows(page).count(), 10);
      await page.getByText(en.add.result(10, 0)).waitFor();
      assert.equal(await field.inputValue(), '');
    },
  );

  step('their captures show progress, and finish before the eyes of the person', async () => {
    await rows(page).getByRole('progressbar').first().waitFor();
    await eventually(
      () => verdicts(page),
      Object.fromEntries(articles.map(({ title, verdict }) => [title, verdict])),
    );
    await rows(page).getByRole('progressbar').first().waitFor({ state: 'detached' });
    assert.ok(await page.evaluate(() => 'stayed' in window));
    // Every picture in the list is one of a snapshot that was just taken.
    await until(async () => {
      const shown = await rows(page)
        .locator('img')
        .evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length);
      assert.equal(shown, 10);
    });
  });

  step('a link that is there already is found, not doubled', async () => {
    await page.getByTestId('add-field').fill(`${site.origin}/en/lighthouse?utm_source=letter#top`);
    await page.keyboard.press('Enter');
    await page.getByText(en.add.result(0, 1)).waitFor();
    assert.equal(await rows(page).count(), 10);
  });

  step('some are tagged at once through the bar for the selected ones', async () => {
    for (const title of chinese) {
      await rowOf(page, title).hover();
      await rowOf(page, title).getByTestId('link-select').click();
    }
    const bar = page.getByTestId('bulk-bar');
    await bar.getByText(en.bulk.selected(chinese.length)).waitFor();
    await bar.getByRole('button', { name: en.bulk.addTags }).click();
    const field = page.getByRole('dialog').getByTestId('tag-input');
    await field.fill('lang/中文');
    await page.keyboard.press('Enter');
    await page.getByTestId('bulk-tag-apply').click();
    for (const title of chinese) await rowOf(page, title).getByText('lang/中文').waitFor();
    assert.equal(await rows(page).getByText('lang/中文').count(), chinese.length);
    await bar.getByRole('button', { name: en.bulk.clear }).click();
    await bar.waitFor({ state: 'detached' });
  });

  step('a search by words of either language and by tags finds exactly the right ones', async () => {
    const at = (...paths: string[]) => paths.map(titleOf);
    await search(page, '茶', at('/zh/longjing'));
    await search(page, '负载', at('/zh/anzhuang', '/zh/fuzai'));
    await search(page, '古籍', at('/zh/guji'));
    await search(page, '离线 registry', at('/zh/anzhuang'));
    await search(page, '"镜像准备齐全"', at('/zh/anzhuang'));
    await search(page, '引导节点', at('/zh/anzhuang', '/zh/fuzai'));
    await search(page, 'registry', at('/en/mirror-registry', '/zh/anzhuang'));
    await search(page, 'Lighthouse', at('/en/lighthouse'));
    await search(page, 'haproxy 健康', at('/zh/fuzai'));
    await search(page, 'goats OR clockwork', at('/en/ferry', '/en/lighthouse'));
    await search(page, 'heard of since noon', at('/en/quorum'));
    await search(page, 'tag:harvest', everyTitle);
    await search(page, 'tag:lang', chinese);
    await search(page, 'tag:lang/中文 -安装', at('/zh/longjing', '/zh/guji', '/zh/fuzai'));
    await search(page, 'tag:harvest verdict:not-found', at('/en/moved-away'));
    await search(page, '没有这个词语', []);
    await page.getByText(en.list.noneTitle).waitFor();
    await search(page, '', everyTitle);
  });

  const lighthouse = articles.find(({ path }) => path === '/en/lighthouse')!;
  const versions = () => page.getByRole('list').filter({ hasText: en.link.shown }).getByRole('listitem');
  const worths = async () =>
    (await versions().allInnerTexts()).map((text) => [
      /Failed|Good/.exec(text)?.[0],
      text.includes(en.link.shown),
    ]);

  step('a new snapshot becomes a second version in the timeline, and each can be opened', async () => {
    await openLink(page, lighthouse.title);
    await eventually(worths, [['Good', true]]);
    await page.getByRole('button', { name: en.link.snapshot }).click();
    await eventually(worths, [
      ['Good', true],
      ['Good', false],
    ]);
    const replays = new Set<string | null>();
    for (const version of await versions().getByRole('link').all()) {
      await version.click();
      await seesReplay(page, lighthouse);
      replays.add(await page.getByTestId('replay-frame').getAttribute('src'));
    }
    assert.equal(replays.size, 2);
    await goBack(page);
  });

  step('with the site gone, every snapshot shows its text, pictures and fonts, and asks nobody', async () => {
    await site.cut();
    for (const article of articles) {
      await openLink(page, article.title);
      await seesReplay(page, article);
      await seesScreenshot(page, article, places.get(article.path)!);
      await goBack(page);
    }
    assert.deepEqual(strayed(watched.requests, [server.origin, server.replayOrigin]), []);
    assert.ok(watched.requests.some((url) => url.startsWith(server.replayOrigin)));
    assert.equal(site.callers(), 0);
    assert.deepEqual(watched.trouble, []);
  });

  step('beside the replay stand the text, the resources and what is missing, as they truly are', async () => {
    const harbour = articles.find(({ kind }) => kind === 'hanging')!;
    await openLink(page, harbour.title);
    const article = (await openTab(page, 'text')).getByRole('article');
    const text = await article.innerText();
    for (const paragraph of harbour.paragraphs) assert.ok(text.includes(paragraph), text);
    assert.ok(!text.includes('THE SKERRY POST'), text);

    const resources = await openTab(page, 'resources');
    const named = async () =>
      resources
        .getByRole('cell')
        .getByText(/\w\.\w+$/)
        .allTextContents();
    const sky = `${harbour.skies[0]!.join('-')}.png`;
    for (const name of ['style.css', 'type.css', 'site.ttf', sky])
      await until(async () =>
        assert.ok((await named()).includes(name), `${name} is not in ${await named()}`),
      );

    const missing = await openTab(page, 'missing');
    await missing.getByText(en.missing.intro(1)).waitFor();
    const [lost] = await missing.getByRole('listitem').allTextContents();
    assert.ok(lost!.endsWith(`/hangs.png${en.missing.reasons.pending}`), lost);
    await goBack(page);

    await openLink(page, titleOf('/en/quorum'));
    await (await openTab(page, 'missing')).getByText(en.missing.noneTitle).waitFor();
  });

  step('title and note are edited in place, and found by search', async () => {
    await page.getByRole('button', { name: en.link.editTitle }).click();
    await page.getByRole('textbox', { name: en.link.titleLabel }).fill('Three voters 三个投票者');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Three voters 三个投票者' }).waitFor();
    await page.getByLabel(en.link.note, { exact: true }).fill('Read before the workshop 研讨会');
    await page.getByText(en.link.noteState.saved).waitFor();
    await goBack(page);
    await search(page, '研讨会', ['Three voters 三个投票者']);
    await search(page, 'title:投票者', ['Three voters 三个投票者']);
    await search(page, '', [
      ...everyTitle.filter((one) => one !== titleOf('/en/quorum')),
      'Three voters 三个投票者',
    ]);
  });

  step('what is deleted comes back with undo', async () => {
    const before = await titles(page);
    const victim = titleOf('/zh/longjing');
    await openLink(page, victim);
    await page.getByRole('button', { name: en.link.delete }).click();
    await eventually(
      () => titles(page),
      before.filter((one) => one !== victim),
    );
    await page.getByTestId('undo').click();
    await eventually(() => titles(page), before);
    await search(page, '茶', [victim]);
    await search(page, '', before);
  });

  step('a version that failed does not take the place of a good one', async () => {
    await openLink(page, lighthouse.title);
    await page.getByRole('button', { name: en.link.snapshot }).click();
    await eventually(worths, [
      ['Failed', false],
      ['Good', true],
      ['Good', false],
    ]);
    await seesReplay(page, lighthouse);
    await goBack(page);
    await eventually(async () => rowOf(page, lighthouse.title).getAttribute('data-verdict'), 'good');
  });

  step('language and theme hold after a reload; a new reader has those of the browser', async () => {
    const choose = async (menu: string, name: string) => {
      await page.getByRole('button', { name: menu }).first().click();
      await page.getByRole('menuitemradio', { name, exact: true }).click();
    };
    const paper = (one: Page) => one.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper(page);
    const menu = `${en.settings.theme}, ${en.settings.language}`;
    await choose(menu, en.settings.themes.dark);
    await choose(menu, '简体中文');
    for (const reloaded of [false, true]) {
      if (reloaded) await page.reload();
      await page.getByText(zh.search.total(10)).waitFor();
      await page.getByRole('link', { name: zh.nav.settings }).first().waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
      assert.notEqual(await paper(page), light);
    }
    const reader = await openWatched(browser, { locale: 'zh-CN', colorScheme: 'dark' });
    await reader.page.goto(server.origin);
    await reader.page.getByText(zh.search.total(10)).waitFor();
    assert.equal(await paper(reader.page), await paper(page));
    await reader.context.close();
  });

  step('on a phone nothing is wider than the screen, and the way to reading is the same', async () => {
    const phone = await openWatched(browser, {
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
    });
    const fits = async (what: string) => {
      const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 390, `${what} is ${width} wide`);
    };
    await phone.page.goto(server.origin);
    await rows(phone.page).first().waitFor();
    await fits('The library');
    await search(phone.page, '茶', [titleOf('/zh/longjing')]);
    await phone.page.getByTestId('select-mode').tap();
    await phone.page.getByTestId('link-select').first().tap();
    await phone.page.getByTestId('bulk-bar').waitFor();
    await fits('The library with a selection');
    await phone.page.getByTestId('select-mode').tap();
    await rowOf(phone.page, titleOf('/zh/longjing')).locator('[data-row-link]').tap();
    const replay = phone.page.getByTestId('replay-frame').contentFrame();
    await replay.getByRole('heading', { name: titleOf('/zh/longjing') }).waitFor();
    for (const tab of ['replay', 'text', 'screenshot', 'resources', 'missing']) {
      await (await openTab(phone.page, tab)).waitFor();
      await fits(`The tab ${tab}`);
    }
    for (const place of ['activity', 'trash', 'settings']) {
      await phone.page.goto(`${server.origin}/${place}`);
      await phone.page.getByRole('heading', { level: 1 }).waitFor();
      await fits(place);
    }
    assert.deepEqual(phone.trouble, []);
    await phone.context.close();
  });
});
