import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openWatched } from './browser.ts';
import { withPlainAddresses } from './demo-library.ts';

/** Where pictures of the interface are put. */
export const pictureFolder = join(resolve(import.meta.dirname, '../../..'), '.cache/screenshots');

const sizes = [
  { width: 1280, height: 800, phone: false },
  { width: 390, height: 844, phone: true },
];

/** One way in which the interface is looked at. */
export interface Looks {
  readonly width: number;
  readonly height: number;
  readonly phone: boolean;
  readonly theme: 'light' | 'dark';
  readonly language: 'en' | 'zh-CN';
}

/** Wide and narrow, light and dark, in both languages. */
export const everyLooks: Looks[] = sizes.flatMap((size) =>
  (['light', 'dark'] as const).flatMap((theme) =>
    (['en', 'zh-CN'] as const).map((language) => ({ ...size, theme, language })),
  ),
);

/** Opens a page that looks so. */
export async function openAs(
  browser: Browser,
  { width, height, phone, theme, language }: Looks,
): Promise<Page> {
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
export async function take(page: Page, path: string): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 4_000 }).catch(() => undefined);
  await page.waitForTimeout(300);
  await page.screenshot({ path, animations: 'disabled' });
}

/** The file of a picture of `what`. */
export const pictureOf = (what: string, { width, theme, language }: Looks): string =>
  join(pictureFolder, `${what}-${width}-${theme}-${language}.png`);
