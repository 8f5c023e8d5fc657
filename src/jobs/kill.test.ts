import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startChild } from '../../test/support/child.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { changesMigrations } from '../db/index.ts';
import { silentLogger, systemClock } from '../kernel/index.ts';
import { createJobs, createRunner, jobsMigrations } from './index.ts';
import { isDead, newOwner } from './owner.ts';

const child = new URL('../../test/support/runner-child.ts', import.meta.url);

test('isDead() knows the living, the dead and those it cannot know', async () => {
  assert.equal(isDead(newOwner()), false);
  const other = startChild(new URL('../../test/support/idle-child.ts', import.meta.url));
  await other.line();
  const owner = newOwner(other.process.pid);
  assert.equal(isDead(owner), false);
  assert.equal(isDead(JSON.stringify({ ...JSON.parse(owner), startedAt: '1' })), true);
  await other.kill();
  assert.equal(isDead(owner), true);
  assert.equal(isDead(JSON.stringify({ ...JSON.parse(owner), host: 'elsewhere' })), false);
  assert.equal(isDead(JSON.stringify({ ...JSON.parse(owner), space: 'another' })), false);
  for (const strange of ['', 'x', 'null', '[]', '{"pid":1}']) assert.equal(isDead(strange), false);
});

forEachDatabase((_name, open) => {
  test('jobs of a killed process run again at once, and are given up after the last attempt', {
    timeout: 60_000,
  }, async (t) => {
    const db = await open([...changesMigrations, ...jobsMigrations]);
    const jobs = createJobs({ db, clock: systemClock });
    const { id } = await jobs.enqueue({ kind: 'hang', payload: 0, maxAttempts: 3 });
    for (const attempt of [1, 2]) {
      const runner = startChild(child, [db.address]);
      assert.equal(await runner.line(), id);
      assert.equal(await jobs.hasLiveRunner(), true);
      await runner.kill();
      assert.equal(await jobs.hasLiveRunner(), false);
      const job = await jobs.find(id);
      // The row still says running under a lease of half a minute: the next process must not wait for it.
      assert.deepEqual([job?.state, job?.attempts], ['running', attempt]);
    }
    const ran: string[] = [];
    const runner = createRunner({
      db,
      clock: systemClock,
      logger: silentLogger,
      concurrency: 1,
      handlers: { hang: async ({ job }) => void ran.push(job.id) },
      pace: { leaseMs: 3_600_000, sweepMs: 200 },
    });
    runner.start();
    t.after(() => runner.stop());
    const [ended] = await jobs.wait([id]);
    assert.deepEqual([ended?.state, ended?.attempts, ran], ['done', 3, [id]]);

    const deadly = await jobs.enqueue({ kind: 'deadly', payload: 0, maxAttempts: 1 });
    const victim = startChild(new URL('../../test/support/runner-child.ts', import.meta.url), [
      db.address,
      'deadly',
    ]);
    assert.equal(await victim.line(), deadly.id);
    await victim.kill();
    const [lost] = await jobs.wait([deadly.id]);
    assert.deepEqual([lost?.state, lost?.fault?.code], ['failed', 'jobs.lost']);
  });
});
