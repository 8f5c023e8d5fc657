import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startCanary, startOrigin } from '../../src/capture/egress/testing/servers.ts';
import { newHoldfast } from '../support/holdfast.ts';
import { launchBrowser, openWatched, strayed, type Watched } from './support/browser.ts';
import { openTab, rows } from './support/library.ts';
import { addLinks, capture, type LinkView, outcomeOf } from './support/outcomes.ts';
import { bombSite, hostileNames, poisonOf, poisonSite } from './support/poison.ts';
import { type Server, startServer } from './support/server.ts';
import { steps } from './support/steps.ts';

describe('what strangers wrote stays text and pictures in the running program', { timeout: 280_000 }, () => {
  const holdfast = newHoldfast();
  const step = steps();
  let canary: Awaited<ReturnType<typeof startCanary>>;
  let site: Awaited<ReturnType<typeof startOrigin>>;
  let server: Server;
  let browser: Browser;
  let poison: string;
  let links: LinkView[];
  const at = (path: string) => `http://127.0.0.1:${site.port}${path}`;
  const linkTo = (path: string) => links.find(({ url }) => url === at(path))!;

  before(async () => {
    canary = await startCanary('127.0.0.2');
    const target = `http://127.0.0.2:${canary.port}`;
    poison = poisonOf(target);
    site = await startOrigin(poisonSite(target), '127.0.0.1');
    server = await startServer(holdfast, { HOLDFAST_EGRESS_ALLOW: '127.0.0.1/32' });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await canary?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
  });

  /** Holds where nothing ran in any frame and nobody but Holdfast was asked. */
  async function isQuiet({ page, requests, trouble }: Watched, where: string): Promise<void> {
    const ran = trouble.filter((one) => /^(?:alert|confirm|prompt|beforeunload|popup|error)/.test(one));
    assert.deepEqual(ran, [], where);
    for (const frame of page.frames())
      assert.equal(await frame.evaluate(() => 'poisoned' in window), false, `${where}: ${frame.url()}`);
    assert.deepEqual(strayed(requests, [server.origin, server.replayOrigin]), [], where);
    assert.equal(canary.connections, 0, where);
  }

  step('hostile pages, pictures, texts and files are kept', async () => {
    const paths = [
      '/page',
      '/picture.svg',
      '/page.xml',
      '/text',
      ...hostileNames.map((_, i) => `/file/${i}/..%2f..%2f..%2fevil.sh`),
    ];
    links = await capture(server, paths.map(at));
    for (const { url, snapshot } of links) assert.ok(snapshot && snapshot.digest !== null, url);
    for (const { id } of links) {
      const change = { title: poison, note: poison, addTags: [poison.replace(/[,\s/]+/g, '').slice(0, 60)] };
      const init = {
        method: 'PATCH',
        body: JSON.stringify(change),
        headers: { 'content-type': 'application/json' },
      };
      const changed = await server.call(`/api/links/${id}`, init);
      assert.ok([200, 422].includes(changed.status), await changed.text());
      if (changed.status === 422)
        await server.json(`/api/links/${id}`, {
          ...init,
          body: JSON.stringify({ ...change, addTags: ['<b>x</b>'] }),
        });
    }
  });

  step(
    'the interface shows hostile titles, notes, tags, excerpts and evidence as text, on every page',
    async () => {
      const watched = await openWatched(browser);
      const { page } = watched;
      await page.goto(server.origin);
      await rows(page).first().waitFor();
      assert.equal(await rows(page).first().locator('[data-row-link]').textContent(), poison);
      await isQuiet(watched, 'the library');
      await page.getByTestId('search-field').fill('poisoned');
      await page.locator('mark').first().waitFor();
      await isQuiet(watched, 'what a search finds');
      const seenTabs: string[] = [];
      for (const { id, url } of links) {
        await page.goto(`${server.origin}/links/${id}`);
        assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), poison);
        // A file that can be seen in one way only has no tabs.
        await page.locator('[role=tab], [data-testid=file-view]').first().waitFor();
        await isQuiet(watched, url);
        if ((await page.getByTestId('file-view').count()) > 0) seenTabs.push('file');
        const tabs = await page
          .getByRole('tab')
          .evaluateAll((all) => all.map((one) => one.getAttribute('data-testid')!.replace(/^tab-/, '')));
        seenTabs.push(...tabs);
        for (const tab of tabs) {
          await (await openTab(page, tab)).waitFor();
          await settled(page);
          await isQuiet(watched, `${tab} of ${url}`);
        }
        const addresses = await page
          .locator('a[href]')
          .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).protocol));
        assert.deepEqual(
          addresses.filter((one) => !/^https?:$/.test(one)),
          [],
          url,
        );
      }
      for (const tab of ['replay', 'text', 'screenshot', 'resources', 'missing', 'file'])
        assert.ok(seenTabs.includes(tab), `no link was seen by way of ${tab}`);
      for (const place of ['activity', 'trash', 'settings']) {
        await page.goto(`${server.origin}/${place}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await isQuiet(watched, place);
      }
      await watched.context.close();
    },
  );

  step('a replay in a tab of its own runs nothing, asks nobody and submits nothing', async () => {
    for (const path of ['/page', '/page.xml', '/picture.svg', '/text']) {
      const { replayUrl } = linkTo(path).snapshot!;
      if (replayUrl === null) continue;
      const watched = await openWatched(browser);
      const answer = await watched.page.goto(replayUrl);
      const { 'content-security-policy': policy, 'x-content-type-options': sniff } = answer!.headers();
      assert.match(policy!, /^sandbox; default-src 'none'/);
      assert.equal(sniff, 'nosniff');
      await settled(watched.page);
      for (const button of await watched.page.locator('button, input[type=submit], input[type=image]').all())
        await button.dispatchEvent('click');
      await settled(watched.page);
      assert.equal(watched.page.url(), replayUrl);
      await isQuiet(watched, `replay of ${path}`);
      assert.deepEqual(await watched.context.cookies(), []);
      await watched.context.close();
    }
  });

  step(
    'no form of a snapshot runs when its address is opened, be it a page, a picture or a file',
    async () => {
      const watched = await openWatched(browser, { acceptDownloads: true });
      for (const { snapshot } of links) {
        const paths = [
          ...snapshot!.formats.map((format) => `as/${format}`),
          'screenshot',
          'thumbnail',
          'icon',
        ];
        for (const path of paths) {
          const address = `${server.origin}/api/snapshots/${snapshot!.id}/${path}`;
          await watched.page
            .goto(address)
            .catch((error) => assert.match(String(error), /Download is starting|ERR_ABORTED/));
          await isQuiet(watched, path);
          const answer = await server.call(`/api/snapshots/${snapshot!.id}/${path}`);
          const type = answer.headers.get('content-type') ?? '';
          const isFile = /^attachment/.test(answer.headers.get('content-disposition') ?? '');
          assert.ok(
            isFile || /^(?:image\/|text\/plain|application\/problem)/.test(type),
            `${path} is ${type}`,
          );
          await answer.arrayBuffer();
        }
      }
      await watched.context.close();
    },
  );

  step('a download has a name that stays in its folder, by the browser and by the command line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-names-'));
    const context = await browser.newContext({ acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(server.origin);
    for (const { snapshot, id } of links) {
      for (const format of snapshot!.formats.filter((one) => one === 'file' || one === 'html')) {
        const answer = await server.call(`/api/snapshots/${snapshot!.id}/as/${format}?download=1`);
        await answer.arrayBuffer();
        assert.equal(answer.headers.get('set-cookie'), null);
        const started = page.waitForEvent('download');
        await page.evaluate((address) => {
          const link = document.createElement('a');
          link.href = address;
          link.download = '';
          link.click();
        }, `/api/snapshots/${snapshot!.id}/as/${format}?download=1`);
        assert.match((await started).suggestedFilename(), /^[^./\\:\p{Cc}][^/\\:\p{Cc}]*$/u);
        const got = await holdfast.run(['get', id, '--as', format, '-o', `${folder}/`]);
        assert.equal(got.code, 0, got.stderr);
      }
    }
    const names = readdirSync(folder);
    assert.ok(names.length > 0);
    for (const name of names) assert.match(name, /^[^.]/);
    assert.ok(!existsSync('/tmp/holdfast-escaped.sh') && !existsSync('/tmp/evil.sh'));
    rmSync(folder, { recursive: true });
    await context.close();
  });

  step('all of this would have run where it is shown without care', async () => {
    const watched = await openWatched(browser);
    await watched.page.goto(at('/page'), { waitUntil: 'commit' });
    await watched.page.waitForFunction(() => 'poisoned' in window || document.querySelector('p'));
    await watched.page.goto(at('/picture.svg'), { waitUntil: 'commit' });
    await watched.page.waitForFunction(() => 'poisoned' in window);
    await assert.rejects(isQuiet(watched, 'the live page'));
    assert.notEqual(canary.connections, 0);
    await watched.context.close();
  });
});

/** Gives a page the time in which what runs by itself has run. */
const settled = (page: Page) => page.waitForTimeout(250);

describe('pages that want to bring the server down', { timeout: 280_000 }, () => {
  const holdfast = newHoldfast();
  const step = steps();
  let site: Awaited<ReturnType<typeof startOrigin>>;
  let server: Server;
  before(async () => {
    site = await startOrigin(bombSite(), '127.0.0.1');
    server = await startServer(holdfast, {
      HOLDFAST_CAPTURE_MAX_BYTES: '8MB',
      HOLDFAST_CAPTURE_TIMEOUT: '8s',
    });
  });
  after(() => site?.[Symbol.asyncDispose]());

  step('each ends in a snapshot or in a reason, and the server answers all the while', async () => {
    const paths = ['gzip', 'pictures', 'endless', 'styles', 'loop', 'deep', 'dialogs'];
    const ids = await addLinks(
      server,
      paths.map((path) => `http://127.0.0.1:${site.port}/${path}`),
    );
    let busy = true;
    const asking = (async () => {
      while (busy) assert.equal((await server.call('/api/health')).status, 200);
    })();
    const ended = await Promise.all(ids.map((id) => outcomeOf(server, id)));
    busy = false;
    await asking;
    for (const { snapshot, job, url } of ended) {
      assert.ok(snapshot !== null || (job?.fault?.text ?? '') !== '', url);
      assert.ok((snapshot?.measures.sizeBytes ?? 0) < 64e6, url);
      if (snapshot && snapshot.verdict !== 'good') assert.ok(snapshot.evidence.length > 0, url);
    }
  });

  step('a plain page is kept as ever afterwards', async () => {
    const [plain] = await capture(server, [`http://127.0.0.1:${site.port}/plain`]);
    assert.equal(plain!.snapshot?.verdict, 'good');
    assert.equal(server.process.child.exitCode, null);
  });
});
