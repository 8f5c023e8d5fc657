import { chromium } from 'playwright-core';
import { browserPath, viewport } from '../../../test/fidelity/harness/show.ts';
import type { BenchEngine } from './engine.ts';

/** The floor below all: a fresh context, the load event, nothing kept. */
export async function bareEngine(): Promise<BenchEngine> {
  const browser = await chromium.launch({ executablePath: browserPath() });
  return {
    async open(url) {
      const context = await browser.newContext({ viewport });
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'load' });
      await context.close();
      return 0;
    },
    close: () => browser.close(),
  };
}
