import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { allowedAddress, startOrigin } from '../../egress/testing/servers.ts';
import { launchBrowser } from '../../snapshot/testing/launch-browser.ts';
import { testEngine } from '../testing/engine.ts';
import { hostileMarkup } from '../testing/hostile-markup.ts';
import { documentOf, hostileTrees } from '../testing/hostile-trees.ts';
import { replayArmed } from '../testing/replay-armed.ts';

describe('a stored page is inert by itself, without policy and sandbox:', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  /** Captures a page whose frames are the documents, and shows what was kept with scripts on. */
  async function problemsOf(documents: readonly string[]): Promise<string[]> {
    await using engine = testEngine();
    await using site = await startOrigin((request, response) => {
      const at = Number(/^\/(\d+)$/.exec(request.url ?? '')?.[1] ?? Number.NaN);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      if (documents[at] !== undefined) response.end(documents[at]);
      else if (request.url === '/')
        response.end(`<!doctype html>${documents.map((_, i) => `<iframe src="/${i}"></iframe>`).join('')}`);
      else response.writeHead(404).end();
    });
    const outcome = await engine.take(`http://${allowedAddress}:${site.port}/`);
    const frames = (await engine.html(outcome)).match(/<iframe src="sha256-/g)?.length ?? 0;
    assert.ok(frames >= documents.length * 0.95, `${frames} of ${documents.length} frames were kept`);
    return replayArmed(browser, engine, outcome);
  }

  test('known hostile markup neither runs nor asks for anything', async () => {
    assert.deepEqual(await problemsOf(hostileMarkup), []);
  });

  test('a page of its own that tries to break out of its style sheets does not', async () => {
    await using engine = testEngine();
    for (const markup of hostileMarkup.filter((it) =>
      /getAnimations|<plaintext|<svg><style>&lt;img/.test(it),
    )) {
      await using site = await startOrigin((_, response) => {
        response.setHeader('content-type', 'text/html').end(`<!doctype html><p>Words</p>${markup}`);
      });
      const outcome = await engine.take(`http://${allowedAddress}:${site.port}/`);
      assert.match(outcome.searchText, /Words/);
      assert.deepEqual(await replayArmed(browser, engine, outcome), []);
    }
  });

  test('any tree that a script can build neither runs nor asks for anything', async () => {
    const seed = Number(process.env.HOLDFAST_SEED ?? Date.now() % 2 ** 31);
    const trees = fc.sample(fc.array(hostileTrees, { minLength: 1, maxLength: 4 }), { seed, numRuns: 50 });
    assert.deepEqual(await problemsOf(trees.map(documentOf)), [], `HOLDFAST_SEED=${seed} repeats it`);
  });
});
