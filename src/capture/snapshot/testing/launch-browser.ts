import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../page/browser/find-browser.ts';

/** Starts the browser that captures are taken with, to look at what was made of them. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(process.env.HOLDFAST_BROWSER) });
}
