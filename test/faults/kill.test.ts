import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { newHoldfast, serveSite } from '../support/holdfast.ts';
import { numberedPage, ownTemp, processesIn, startServer, until } from './support.ts';

/** A browser may end by itself between the look and the signal. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** As many as are asked of the proof where `HOLDFAST_TEST_THOROUGH` is set; fewer in each run, since each takes a browser. */
const thorough = process.env.HOLDFAST_TEST_THOROUGH !== undefined;

describe('captures that are interrupted by kill -9', () => {
  for (const [what, count] of [
    ['the server', thorough ? 50 : 18],
    ['its browsers', thorough ? 50 : 8],
  ] as const)
    test(`of ${what}: each link ends with exactly one snapshot, and nothing is left over`, {
      timeout: 280_000,
    }, async () => {
      const holdfast = newHoldfast();
      const temp = ownTemp();
      const env = { TMPDIR: temp, HOLDFAST_CAPTURE_CONCURRENCY: '2' };
      let asked = 0;
      const origin = await serveSite((request, response) => {
        asked++;
        response.setHeader('content-type', 'text/html').end(numberedPage(request.url ?? ''));
      });
      let server = await startServer(holdfast, env);
      const urls = Array.from({ length: count }, (_, i) => `${origin}/page-${i}`);
      await server.api('/links', { links: urls.map((url) => ({ url })) });
      // A capture whose browser is killed twice ends with that as its reason, so the kills stand far apart.
      const kills = (what === 'the server' ? [0.12, 0.4, 0.7] : [0.15, 0.65]).map((part) =>
        Math.ceil(part * count),
      );
      for (const at of kills) {
        // In the middle of captures: some are done, some are on their way.
        await until(() => asked >= at);
        if (what === 'the server') {
          await server.kill();
          await until(() => processesIn(temp).length === 0);
          server = await startServer(holdfast, env);
        } else {
          for (const pid of processesIn(temp)) killIfThere(pid);
        }
      }
      await server.idle();

      const links = await server.links();
      assert.equal(links.length, count);
      for (const { url, snapshot, snapshotCount } of links)
        assert.deepEqual([snapshot?.verdict, snapshotCount], ['good', 1], url);
      const { jobs, counts } = await server.jobs();
      assert.deepEqual(counts.failed ?? 0, 0, JSON.stringify(jobs.filter(({ state }) => state === 'failed')));
      assert.equal(jobs.filter(({ kind }) => kind === 'capture').length, count);

      server.started.child.kill('SIGTERM');
      assert.equal((await server.started.ended).code, 0);
      assert.deepEqual(processesIn(temp), []);
      assert.deepEqual(readdirSync(temp), []);
      assert.deepEqual(readdirSync(join(holdfast.data, 'store/.staging')), []);
      const verified = (await holdfast.run(['verify', '--json'])).json<{ ok: boolean; snapshots: number }>();
      assert.deepEqual([verified.ok, verified.snapshots], [true, count]);
    });
});
