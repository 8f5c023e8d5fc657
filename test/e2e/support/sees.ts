import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Article } from './articles.ts';
import { until } from './eventually.ts';
import type { Rgb } from './landscape.ts';
import { openTab } from './library.ts';
import { type Box, coloursIn, coloursOfPicture, middleOf, nearest, skyIn } from './pixels.ts';
import { framed, markRgb } from './site.ts';

function areColours(found: readonly (Rgb | undefined)[], wanted: readonly Rgb[], what: string): void {
  assert.deepEqual(
    found.map((one, i) => nearest(one, wanted[i]!)),
    wanted.map(String),
    what,
  );
}

/** Holds where the open link's replay shows the article's text, its pictures, its font and its frame. */
export async function seesReplay(
  page: Page,
  { title, paragraphs, skies, kind, path }: Article,
): Promise<void> {
  const replay = page.getByTestId('replay-frame').contentFrame();
  await replay.getByRole('heading', { name: title }).waitFor();
  const text = await replay.locator('body').innerText();
  for (const paragraph of paragraphs) assert.ok(text.includes(paragraph), `${path}: ${paragraph}`);
  const inner = replay.frameLocator('iframe');
  if (kind === 'frame') assert.equal(await inner.locator('p').innerText(), framed.text);
  // A picture may be in the document a moment before it is painted.
  await until(async () => {
    const [pictures, marks, innerPictures] = await coloursIn(page, [
      { elements: replay.locator('.pictures img'), place: skyIn },
      { elements: replay.locator('.mark'), place: middleOf },
      ...(kind === 'frame' ? [{ elements: inner.locator('img'), place: skyIn }] : []),
    ]);
    areColours(pictures!, skies, `pictures of ${path}`);
    areColours(marks!, [markRgb], `the font of ${path}`);
    if (innerPictures) areColours(innerPictures, [framed.sky], `the picture in the frame of ${path}`);
  });
}

/** Holds where the screenshot has the article's pictures at the places where the live page had them. */
export async function seesScreenshot(
  page: Page,
  { skies, path }: Article,
  places: readonly Box[],
): Promise<void> {
  const screenshot = (await openTab(page, 'screenshot')).getByRole('img');
  areColours(await coloursOfPicture(screenshot, places.map(skyIn)), skies, `screenshot of ${path}`);
}
