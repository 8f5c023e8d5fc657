import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { forEachDatabase } from '../../../test/support/databases.ts';
import { createTestClock, linksTestMigrations } from '../../../test/support/links.ts';
import { digestOf, hasCode } from '../../kernel/index.ts';
import { createHolds } from './holds.ts';
import { retentionMigrations } from './migrations.ts';

const minute = 60_000;

forEachDatabase((_, open) => {
  describe('createHolds()', () => {
    const setUp = async () => {
      const db = await open([...linksTestMigrations, ...retentionMigrations]);
      const clock = createTestClock(1_000_000);
      return { db, clock, holds: createHolds({ db, clock, renewEveryMs: 5 }) };
    };
    const digest = digestOf('a release');

    test('holdWhile() is seen by others while its work goes on, and no longer, however it ends', async () => {
      const { holds } = await setUp();
      const seen = await holds.holdWhile({ digests: [digest] }, () =>
        holds.holdWhile({ sinceMs: 7 }, () => holds.live()),
      );
      assert.deepEqual(
        seen.toSorted((a, b) => a.sinceMs - b.sinceMs),
        [
          { digests: [], sinceMs: 7 },
          { digests: [digest], sinceMs: 1_000_000 },
        ],
      );
      await assert.rejects(
        holds.holdWhile({}, async () => {
          throw new Error('no');
        }),
        /no/,
      );
      assert.deepEqual(await holds.live(), []);
    });

    test('holdWhile() renews, and the hold of a process that died ends after minutes', async () => {
      const { db, clock, holds } = await setUp();
      await holds.holdWhile({ digests: [digest] }, async () => {
        for (let i = 0; i < 3; i++) {
          clock.advance(4 * minute);
          await sleep(100);
          assert.equal((await holds.live()).length, 1);
        }
      });
      const dead = createHolds({ db, clock });
      void dead.holdWhile({}, () => new Promise(() => {}));
      await sleep(50);
      assert.equal((await dead.live()).length, 1);
      clock.advance(6 * minute);
      assert.deepEqual(await dead.live(), []);
    });

    test('holdWhile() tells its work where the hold was lost, and does not bring it to life again', async () => {
      const { clock, holds } = await setUp();
      await holds.holdWhile({}, async (signal) => {
        clock.advance(6 * minute);
        await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
        assert.ok(hasCode(signal.reason, 'links.holdLost'));
        assert.deepEqual(await holds.live(), []);
      });
    });
  });
});
