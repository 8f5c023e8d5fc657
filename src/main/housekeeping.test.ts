import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GarbageReport } from '../cli/index.ts';
import { silentLogger } from '../kernel/index.ts';
import type { Links } from '../links/index.ts';
import { startHousekeeping } from './housekeeping.ts';

const nothing = { count: 0, sizeBytes: 0 };
const report: GarbageReport = {
  dryRun: false,
  freedBytes: 0,
  freed: { unreferenced: nothing, partial: nothing },
  young: nothing,
  kept: nothing,
  links: [],
  hasRules: true,
};

describe('startHousekeeping()', () => {
  for (const [what, purged, hasRules, collected] of [
    ['where rules are set', 0, true, 1],
    ['where links in the trash have ended', 3, false, 1],
    ['only then', 0, false, 0],
  ] as const)
    test(`frees space ${what}`, async () => {
      let times = 0;
      const stop = startHousekeeping({
        links: { purgeExpired: async () => purged } as unknown as Links,
        hasRules,
        logger: silentLogger,
        collectGarbage: async () => {
          times++;
          return report;
        },
      });
      await stop();
      assert.equal(times, collected);
    });

  test('tells what failed, and its end waits for what is under way and stops it', async () => {
    const told: string[] = [];
    const logger = { ...silentLogger, error: (_: object, message = '') => void told.push(message) };
    const failing = startHousekeeping({
      links: {
        purgeExpired: async () => {
          throw new Error('no database');
        },
      } as unknown as Links,
      hasRules: true,
      logger,
      collectGarbage: async () => {
        throw new Error('no store');
      },
    });
    // Both are told, since one does not wait for the other.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await failing();
    assert.deepEqual(told, ['Emptying the trash failed', 'Freeing space failed']);

    let ended = false;
    const begun = Promise.withResolvers<void>();
    const stop = startHousekeeping({
      links: { purgeExpired: async () => 0 } as unknown as Links,
      hasRules: true,
      logger,
      async collectGarbage({ signal }) {
        begun.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        ended = true;
        throw signal.reason;
      },
    });
    await begun.promise;
    await stop();
    assert.ok(ended);
    assert.equal(told.length, 2);
  });
});
