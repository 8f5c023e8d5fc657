import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { codes, onSite } from './testing/capture-site.ts';
import { browserProcesses } from './testing/leftovers.ts';

/** A page that never rests before its time, and that tells when it is open. */
const open = (ask: string) => `<!doctype html><p>Words of the page</p><script>fetch('${ask}')</script>`;

/** Kills such processes with -9 as soon as there are some. */
async function killAll(kind: 'browser' | 'renderer'): Promise<void> {
  let pids: number[] = [];
  while (pids.length === 0) {
    pids = browserProcesses(kind);
    if (pids.length === 0) await sleep(5);
  }
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

for (const kind of ['renderer', 'browser'] as const)
  describe(`a ${kind} that is killed in the middle of a capture:`, () => {
    test('once: the capture begins anew and ends in a snapshot', async () => {
      let kills = 0;
      const routes = {
        '/': open('/now'),
        '/now': (_: unknown, response: { end(): void }) => {
          if (kills++ === 0) void killAll(kind);
          else response.end();
        },
      };
      await onSite(routes, async ({ take, engine, hits }) => {
        const outcome = await take();
        assert.equal(outcome.verdict, 'good', JSON.stringify(outcome.evidence));
        assert.ok(codes(outcome).includes('begunAnew'), 'the snapshot says that it was begun anew');
        assert.match(await engine.html(outcome), /Words of the page/);
        assert.equal(hits('/'), 2);
      });
    });

    test('each time: the capture ends with that as its reason and keeps nothing', async () => {
      await onSite(
        { '/': open('/now'), '/now': () => void killAll(kind) },
        async ({ take, engine, hits }) => {
          const outcome = await take();
          assert.equal(outcome.digest, null);
          assert.equal(outcome.verdict, 'failed');
          assert.deepEqual(codes(outcome), [kind === 'renderer' ? 'rendererCrash' : 'browserLost']);
          assert.equal(hits('/'), 2);
          assert.equal(engine.held.size, 0);
        },
      );
    });

    test('before the document came: the capture begins anew', async () => {
      let asked = 0;
      const page = (_: unknown, response: { end(text?: string): void }) => {
        if (asked++ === 0) void killAll(kind);
        else response.end('<p>Words of the page</p>');
      };
      await onSite({ '/': page }, async ({ take }) => {
        const outcome = await take();
        assert.equal(outcome.verdict, 'good', JSON.stringify(outcome.evidence));
      });
    });
  });

test('a spare browser that died is not given to the next capture', async () => {
  await onSite({ '/': '<p>Words of the page</p>' }, async ({ take }) => {
    assert.equal((await take()).verdict, 'good');
    await killAll('browser');
    await sleep(200);
    assert.equal((await take()).verdict, 'good');
  });
});
