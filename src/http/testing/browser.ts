import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const shells = ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium-headless-shell'];

/** The browser that people have, where it is installed: it does by itself what the shell leaves out. */
export const fullBrowserPath: string | undefined = ['/usr/lib/chromium/chromium'].find(existsSync);

/** Starts the headless shell, or what HOLDFAST_BROWSER names. */
export async function launchTestBrowser(): Promise<Browser> {
  const executablePath = [process.env.HOLDFAST_BROWSER ?? '', ...shells].find(existsSync);
  if (!executablePath)
    throw new Error('No browser: apt-get install chromium-headless-shell, or set HOLDFAST_BROWSER');
  return chromium.launch({ executablePath });
}
