import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { browserPath } from '../../fidelity/harness/show.ts';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of the person who uses Holdfast. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: browserPath(), args: quiet });

/** A page whose context remembers all that it asked for and all that went wrong. */
export interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Addresses of every request of every frame that could reach a network. */
  readonly requests: string[];
  /** Dialogs, popups, and errors that a page raised or that the console shows. */
  readonly trouble: string[];
}

/** Opens a context of its own with one page. */
export async function openWatched(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: 1280, height: 1500 },
    ...options,
  });
  context.setDefaultTimeout(90_000);
  const requests: string[] = [];
  const trouble: string[] = [];
  context.on('request', (request) => {
    if (!/^(?:data|blob|about):/.test(request.url())) requests.push(request.url());
  });
  context.on('dialog', (dialog) => {
    trouble.push(`${dialog.type()} "${dialog.message()}"`);
    dialog.dismiss().catch(() => undefined);
  });
  context.on('weberror', (error) => trouble.push(`error ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`console ${message.text()} (${message.location().url})`);
  });
  const page = await context.newPage();
  context.on('page', (popup) => trouble.push(`popup ${popup.url()}`));
  return { context, page, requests, trouble };
}

/** Requests that went elsewhere than to these origins. */
export const strayed = (requests: readonly string[], origins: readonly string[]): string[] =>
  requests.filter((url) => !origins.includes(new URL(url).origin));
