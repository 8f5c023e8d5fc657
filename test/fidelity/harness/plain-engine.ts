import { chromium } from 'playwright-core';
import type { Engine } from './engine.ts';
import { browserPath, viewport } from './show.ts';

/** The poorest engine there is: the markup after scripts ran, nothing else. The harness is checked with it, since it must be found wanting. */
export async function plainEngine(): Promise<Engine> {
  const browser = await chromium.launch({ executablePath: browserPath() });
  return {
    async capture(url) {
      const context = await browser.newContext({ viewport });
      try {
        const page = await context.newPage();
        page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
        const missing: string[] = [];
        page.on('response', (response) => void (response.status() >= 400 && missing.push(response.url())));
        const response = await page.goto(url, { waitUntil: 'load', timeout: 8000 });
        await page.waitForTimeout(200);
        return {
          verdict: response?.status() === 404 ? 'not-found' : 'good',
          evidence: [],
          missing,
          finalUrl: page.url(),
          html: await page.content(),
          screenshot: await page.screenshot(),
        };
      } catch (error) {
        return { verdict: 'failed', evidence: [`networkError ${error}`], missing: [], finalUrl: url };
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}
