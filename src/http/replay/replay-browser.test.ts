import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { fullBrowserPath, launchTestBrowser } from '../testing/browser.ts';
import { startCanary } from '../testing/canary.ts';
import { hostileCss, hostileDocument, hostileSvg } from '../testing/hostile.ts';
import { createStage, referTo } from '../testing/stage.ts';
import type { TestPart } from '../testing/stored-snapshot.ts';

let browser: Browser;
before(async () => {
  browser = await launchTestBrowser();
});
after(() => browser.close());

function hostileParts(target: string): TestPart[] {
  const css = hostileCss(target);
  const svg = hostileSvg(target);
  const nowhere = { css: 'a', svg: 'b', frame: 'c' };
  const frame = hostileDocument(target, nowhere, { navigates: true });
  const own = { css: referTo(css), svg: referTo(svg), frame: referTo(frame) };
  return [
    { role: 'html', mediaType: 'text/html', bytes: hostileDocument(target, own, { navigates: true }) },
    { mediaType: 'text/css', bytes: css },
    { mediaType: 'image/svg+xml', bytes: svg },
    { mediaType: 'text/html', bytes: frame },
  ];
}

/** Opens a page in a fresh context and lets it do what it wants for a while. */
async function visit(url: string, lingerMs = 1_500): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForLoadState('load', { timeout: 5_000 }).catch(() => {});
  await page.waitForTimeout(lingerMs);
  return page;
}

test('a hostile document reaches nothing, alone and in the frame of the web interface', async () => {
  const { replayUrl, uiUrl, canary, asked } = await createStage(hostileParts);
  for (const url of [replayUrl, uiUrl]) {
    const page = await visit(url);
    assert.equal(page.url(), url);
    const shown = page.frames().find((frame) => frame.url() === replayUrl)!;
    assert.equal(await shown.locator('p').first().textContent(), 'shown');
    // Its own style sheet, picture and frame were taken, so they had their chance.
    const outline = await shown.evaluate(() => getComputedStyle(document.body).outlineColor);
    assert.equal(outline, 'rgb(1, 2, 3)');
    const inner = page.frames().find((frame) => frame.url().startsWith(`${replayUrl}sha256-`))!;
    assert.equal(await inner.locator('p').first().textContent(), 'shown');
    assert.deepEqual([canary.requests, canary.connections], [[], 0], url);
    await page.context().close();
  }
  assert.equal(asked.filter((each) => each.startsWith('200 ')).length >= 4, true, asked.join());
});

test('the same document without the replay around it does reach out, in some sixty ways', async () => {
  const canary = await startCanary();
  const html = hostileDocument(canary.origin, { css: 'a', svg: 'b', frame: 'c' }, { navigates: false });
  const plain = await startCanary({ '/': html });
  after(() => Promise.all([canary.close(), plain.close()]));
  const page = await visit(plain.origin);
  const ways = new Set(canary.requests.map((path) => path.replace(/-\d+$/, '')));
  assert.ok(ways.size >= 50, `${ways.size} ways`);
  await page.context().close();
});

test('a replayed page looks as it did: styles, pictures, fonts, masks and frames come from its own folder', async () => {
  const font = readFileSync(
    createRequire(import.meta.url).resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
  );
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>';
  const css = `@font-face { font-family: Own; src: url(${referTo(font)}) } p { font-family: Own; color: rgb(1, 2, 3); mask-image: url(${referTo(svg)}) }`;
  const inner = '<!doctype html><p>inner</p>';
  const html = `<!doctype html><link rel=stylesheet href=${referTo(css)}><p>text</p><img src=${referTo(svg)} crossorigin><iframe src=${referTo(inner)}></iframe>`;
  const { uiUrl, replayUrl, asked } = await createStage(() => [
    { role: 'html', mediaType: 'text/html', bytes: html },
    { mediaType: 'text/css', bytes: css },
    { mediaType: 'image/svg+xml', bytes: svg },
    { mediaType: 'font/woff2', bytes: font },
    { mediaType: 'text/html', bytes: inner },
  ]);
  const page = await visit(uiUrl);
  const shown = page.frames().find((frame) => frame.url() === replayUrl)!;
  assert.deepEqual(
    await shown.evaluate(() => [
      getComputedStyle(document.querySelector('p')!).color,
      [...document.fonts].map((each) => each.status).join(),
      document.images[0]!.naturalWidth,
      window.origin,
    ]),
    ['rgb(1, 2, 3)', 'loaded', 30, 'null'],
  );
  assert.equal(await shown.frameLocator('iframe').locator('p').textContent(), 'inner');
  assert.deepEqual(
    asked.filter((each) => !each.startsWith('200 ')),
    [],
  );
  await page.context().close();
});

test('another site can not put a snapshot into its frame', async () => {
  const { foreignUrl, replayUrl } = await createStage(() => [
    { role: 'html', mediaType: 'text/html', bytes: '<p>kept</p>' },
  ]);
  const page = await visit(foreignUrl, 500);
  assert.equal(page.frames().length, 2);
  for (const frame of page.frames()) assert.equal((await frame.content()).includes('kept'), false);
  assert.equal(
    page.frames().some((frame) => frame.url() === replayUrl),
    false,
  );
  await page.context().close();
});

test('no link makes a whole Chromium connect ahead, though the same link does elsewhere', {
  skip: fullBrowserPath === undefined && 'only the headless shell is installed, which never connects ahead',
}, async () => {
  const links = (origin: string) =>
    `<link rel=preconnect href=${origin}><link rel="preconnect dns-prefetch" href=${origin} crossorigin>`;
  const hostile = (origin: string) =>
    `${links(origin)}<iframe srcdoc="${links(origin).replaceAll('<', '&lt;').replaceAll('"', "'")}"></iframe>`;
  const { replayUrl, canary, asked } = await createStage((target) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><link xmlns="http://www.w3.org/1999/xhtml" rel="preconnect" href="${target}"/></svg>`;
    const late = 'p{}';
    const html = `<!doctype html>${hostile(target)}<img src=${referTo(svg)}><iframe src=${referTo(svg)}></iframe><link rel=stylesheet href=${referTo(late)}>`;
    return [
      { role: 'html', mediaType: 'text/html', bytes: html },
      { mediaType: 'image/svg+xml', bytes: svg },
      { mediaType: 'text/css', bytes: late },
    ];
  });
  const control = await startCanary();
  const plain = await startCanary({ '/': `<!doctype html>${hostile(control.origin)}` });
  after(() => Promise.all([control.close(), plain.close()]));
  await inFullBrowser(replayUrl, () => asked.length >= 3);
  await inFullBrowser(plain.origin, () => control.connections > 0);
  assert.ok(control.connections > 0, 'this browser does connect ahead');
  assert.equal(canary.connections, 0);
});

/** Runs the browser as a person would, without what automation switches off, until something happened and a second more. */
async function inFullBrowser(url: string, happened: () => boolean): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'holdfast-profile-'));
  const args = ['--headless=new', '--no-sandbox', '--no-first-run', `--user-data-dir=${profile}`, url];
  const child = spawn(fullBrowserPath!, args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let i = 0; i < 100 && !happened(); i++) await sleep(200);
  await sleep(1_000);
  child.kill('SIGTERM');
  await ended;
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
