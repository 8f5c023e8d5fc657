import type { EgressGuard, ProxyLimits } from '../../egress/index.ts';
import { captureErrors } from '../../errors.ts';
import type { CaptureBrowser } from './browser.ts';
import { findBrowser } from './find-browser.ts';
import { launchBrowser } from './launch.ts';
import { sweepProfiles } from './profile.ts';
import { connectBrowser, isCdpAddress } from './remote.ts';

/** How long a browser that was started ahead waits for a capture before it is ended, to give its memory back. */
const spareLifeMs = 30_000;

/** Gives each capture a browser of its own. */
export interface BrowserPool {
  acquire(): Promise<CaptureBrowser>;
  /** Starts one ahead, while the last capture is being written, so that the next one need not wait. */
  prepare(): void;
  close(): Promise<void>;
}

/** A pool over the configured browser (a path or a CDP address), or over the best that is installed. */
export function createBrowserPool(options: {
  browser?: string;
  guard: EgressGuard;
  limits: ProxyLimits;
  /** Called once, when a browser was started without its sandbox because that does not work here. */
  onUnsandboxed?: () => void;
}): BrowserPool {
  const { guard, limits } = options;
  const remote = options.browser !== undefined && isCdpAddress(options.browser);
  const swept = sweepProfiles();
  let spare: Promise<CaptureBrowser | undefined> | undefined;
  let retire: NodeJS.Timeout | undefined;
  let closed = false;
  let inUse = 0;

  let told = false;

  const open = async () => {
    await swept;
    if (remote) return connectBrowser(options.browser!, guard, limits);
    const browser = await launchBrowser(findBrowser(options.browser), guard, limits);
    if (browser.sandboxed === false && !told) {
      told = true;
      options.onUnsandboxed?.();
    }
    return browser;
  };
  /** Counts a browser as in use until it is closed. */
  const lend = (browser: CaptureBrowser): CaptureBrowser => {
    let lent = true;
    inUse++;
    return {
      ...browser,
      close() {
        if (lent) inUse--;
        lent = false;
        return browser.close();
      },
    };
  };
  const dropSpare = async () => {
    clearTimeout(retire);
    const dropped = spare;
    spare = undefined;
    await (await dropped)?.close();
  };

  return {
    async acquire() {
      if (closed) throw captureErrors.browserLost({ detail: 'the capture engine was closed' });
      clearTimeout(retire);
      const ready = spare;
      spare = undefined;
      const browser = await ready;
      if (browser) {
        const lost = await Promise.race([browser.connection.lost, Promise.resolve()]);
        if (lost === undefined) return lend(browser);
        await browser.close();
      }
      return lend(await open());
    },
    prepare() {
      // While several captures run side by side, one ahead would only take memory from them.
      if (spare || closed || remote || inUse > 1) return;
      spare = open().catch(() => undefined);
      retire = setTimeout(() => void dropSpare(), spareLifeMs);
      retire.unref();
    },
    async close() {
      closed = true;
      await dropSpare();
    },
  };
}
