import type { Browser } from 'playwright-core';
import type { CaptureOutcome } from '../../types.ts';
import type { TestEngine } from './engine.ts';
import { findActive } from './find-active.ts';

const origin = 'http://replay.test';

/**
 * Shows a stored document as nothing protects it: scripts on, no policy, no sandbox on its frames. Gives what ran
 * (calls of `pwn()`), what was asked for outside the snapshot, and what stands there that could act.
 */
export async function replayArmed(
  browser: Browser,
  engine: TestEngine,
  outcome: CaptureOutcome,
): Promise<string[]> {
  const problems: string[] = [];
  const reader = await engine.open(outcome);
  const main = await engine.html(outcome);
  const types = new Map(reader.layers.map(({ descriptor }) => [descriptor.digest as string, descriptor]));
  const context = await browser.newContext();
  try {
    await context.addInitScript(() => {
      (globalThis as { pwn?: () => void }).pwn = () =>
        console.log(`ran in ${document.documentElement.outerHTML.slice(0, 600)}`);
    });
    await context.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      const name = /^\/(sha256)-([0-9a-f]{64})$/.exec(url.pathname);
      const digest = name && `${name[1]}:${name[2]}`;
      const bytes = url.href === `${origin}/` ? Buffer.from(main) : engine.held.get((digest ?? '') as never);
      if (url.origin !== origin || !bytes) {
        problems.push(`asked for ${url.href.slice(0, 200)}`);
        return route.abort();
      }
      const contentType = digest ? (types.get(digest)?.mediaType ?? '') : 'text/html';
      const body =
        contentType === 'text/html'
          ? Buffer.from(Buffer.from(bytes).toString('utf8').replaceAll(' sandbox=""', ''))
          : Buffer.from(bytes);
      return route.fulfill({
        body,
        contentType: contentType === 'text/html' ? 'text/html; charset=utf-8' : contentType,
      });
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.text().startsWith('ran')) problems.push(message.text());
    });
    page.on('dialog', (dialog) => {
      problems.push(`dialog ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
    await page.goto(`${origin}/`, { waitUntil: 'load' });
    await page.waitForTimeout(300);
    for (const frame of page.frames()) problems.push(...(await frame.evaluate(findActive)));
  } finally {
    await context.close();
  }
  return problems;
}
