import type { Locator, Page } from 'playwright-core';
import { web as en } from '../../../src/texts/en/web.ts';
import { eventually } from './eventually.ts';

/** The rows of the library that stand in the document. */
export const rows = (page: Page): Locator => page.getByTestId('link-row');
/** The row with this title. */
export const rowOf = (page: Page, title: string): Locator =>
  rows(page).filter({ has: page.getByRole('heading', { name: title, exact: true }) });

/** The titles of the rows, sorted. */
export const titles = async (page: Page): Promise<string[]> =>
  (await rows(page).locator('[data-row-link]').allTextContents()).toSorted();

/** Types a search, and waits until exactly these links are shown. */
export async function search(page: Page, query: string, wanted: readonly string[]): Promise<void> {
  await page.getByTestId('search-field').fill(query);
  await eventually(() => titles(page), wanted.toSorted(), `what "${query}" finds`);
}

/** What each link is worth by its title. */
export async function verdicts(page: Page): Promise<Record<string, string | null>> {
  const found = await Promise.all(
    (await rows(page).all()).map(async (row) => [
      await row.locator('[data-row-link]').textContent(),
      await row.getAttribute('data-verdict'),
    ]),
  );
  return Object.fromEntries(found);
}

/** Opens the page of a link by its row. */
export async function openLink(page: Page, title: string): Promise<void> {
  await rowOf(page, title).locator('[data-row-link]').click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Opens one of the ways to see a snapshot. */
export async function openTab(page: Page, tab: string): Promise<Locator> {
  await page.getByTestId(`tab-${tab}`).click();
  // While one panel leaves, two stand in the document.
  return page.locator('[role=tabpanel]:not([inert])');
}

/** From the page of a link back to the list. */
export async function goBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.link.back }).click();
  await rows(page).first().waitFor();
}
