import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { createEgressGuard } from '../../egress/index.ts';
import { assertNothingLeft, browserProcesses } from '../testing/leftovers.ts';
import { createBrowserPool } from './pool.ts';

function pool(test: TestContext, browser = process.env.HOLDFAST_BROWSER) {
  const guard = createEgressGuard({ policy: { allow: [], never: [] } });
  const made = createBrowserPool({ guard, limits: { maxBytes: 1e6 }, ...(browser && { browser }) });
  test.after(() => made.close());
  return made;
}
const isAlive = async (browser: Awaited<ReturnType<ReturnType<typeof pool>['acquire']>>) =>
  /Chrom/.test((await browser.connection.session().send<{ product: string }>('Browser.getVersion')).product);

describe('createBrowserPool()', () => {
  test('gives each capture a browser of its own', async (t) => {
    const { acquire } = pool(t);
    const both = await Promise.all([acquire(), acquire()]);
    assert.notEqual(both[0]!.proxy.address, both[1]!.proxy.address);
    for (const browser of both) assert.ok(await isAlive(browser));
    await both[0]!.close();
    assert.ok(await isAlive(both[1]!));
    await both[1]!.close();
    await assertNothingLeft();
  });

  test('gives the browser that was prepared to one capture alone', async (t) => {
    const { acquire, prepare } = pool(t);
    prepare();
    prepare();
    const first = await acquire();
    assert.equal(browserProcesses('browser').length, 1);
    const second = await acquire();
    assert.notEqual(first, second);
    await Promise.all([first.close(), second.close()]);
  });

  test('gives no browser that died while it waited', async (t) => {
    const { acquire, prepare } = pool(t);
    prepare();
    while (browserProcesses('browser').length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    for (const pid of browserProcesses()) process.kill(pid, 'SIGKILL');
    const browser = await acquire();
    assert.ok(await isAlive(browser));
    await browser.close();
  });

  test('ends what was prepared when it is closed, and gives none from then on', async (t) => {
    const { acquire, prepare, close } = pool(t);
    prepare();
    await close();
    await assertNothingLeft();
    prepare();
    await assert.rejects(acquire(), { code: 'capture.browserLost' });
    await assertNothingLeft();
  });

  test('a browser that cannot be prepared is told to the capture that asks for it', async (t) => {
    const { acquire, prepare } = pool(t, '/nowhere/chromium');
    prepare();
    await assert.rejects(acquire(), { code: 'capture.browserFailed' });
    const other = pool(t, '/bin/false');
    await assert.rejects(other.acquire(), { code: 'capture.browserFailed' });
    await assertNothingLeft();
  });
});
