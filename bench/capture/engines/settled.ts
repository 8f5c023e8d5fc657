import { createEgressGuard } from '../../../src/capture/egress/index.ts';
import { createBrowserPool } from '../../../src/capture/page/browser/pool.ts';
import { startDeadline } from '../../../src/capture/page/load/deadline.ts';
import { watchNavigation } from '../../../src/capture/page/load/navigation.ts';
import { settle } from '../../../src/capture/page/load/settle.ts';
import { openPage } from '../../../src/capture/page/page-session.ts';
import { followRequests } from '../../../src/capture/page/record/in-flight.ts';
import { browserPath } from '../../../test/fidelity/harness/show.ts';
import type { BenchEngine } from './engine.ts';

/** The floor of the waiting rule: Holdfast's own opening and waiting, a browser for each page, nothing recorded or kept. */
export async function settledEngine(): Promise<BenchEngine> {
  const guard = createEgressGuard({ policy: { allow: ['127.0.0.0/8'], never: [] } });
  const pool = createBrowserPool({ guard, browser: browserPath(), limits: { maxBytes: 256 * 1024 * 1024 } });
  return {
    async open(url) {
      const browser = await pool.acquire();
      try {
        const deadline = startDeadline(45_000);
        const page = await openPage(browser);
        const navigation = watchNavigation(page);
        const inFlight = await followRequests(page);
        const error = await navigation.open(url);
        if (error) throw new Error(`${url} was not opened: ${error}`);
        await settle({
          page,
          navigation,
          inFlight,
          deadline,
          unblock: () => {},
          stay: () => {},
          atRest: async () => {},
        });
        pool.prepare();
        return 0;
      } finally {
        await browser.close();
      }
    },
    close: () => pool.close(),
  };
}
