import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachDatabase } from '../../test/support/databases.ts';
import { changesMigrations, openDatabase } from '../db/index.ts';
import { systemClock } from '../kernel/index.ts';
import { createJobs, jobsMigrations } from './index.ts';

const migrations = [...changesMigrations, ...jobsMigrations];

forEachDatabase((_name, open) => {
  const setUp = async () => {
    const db = await open(migrations);
    return { db, jobs: createJobs({ db, clock: systemClock }) };
  };

  test('enqueue() gives the job as it is kept', async () => {
    const { jobs } = await setUp();
    const job = await jobs.enqueue({ kind: 'k', payload: { linkId: 'l', 名: [1, null] }, lane: 'bulk' });
    assert.deepEqual(await jobs.find(job.id), job);
    assert.deepEqual(job.payload, { linkId: 'l', 名: [1, null] });
    assert.deepEqual(
      [job.state, job.lane, job.attempts, job.maxAttempts, job.fault],
      ['queued', 'bulk', 0, 3, null],
    );
  });

  test('enqueue() in a transaction that is rolled back leaves nothing', async () => {
    const { db, jobs } = await setUp();
    await assert.rejects(
      db.transaction(async (trx) => {
        await jobs.enqueue({ kind: 'k', payload: 1 }, trx);
        throw new Error('no');
      }),
      /^Error: no$/,
    );
    assert.deepEqual(await jobs.list(), []);
  });

  test('enqueue() with a key gives the job that is under way, and hastens it', async () => {
    const { jobs } = await setUp();
    const first = await jobs.enqueue({
      kind: 'k',
      payload: 1,
      uniqueKey: 'a',
      lane: 'bulk',
      delayMs: 60_000,
    });
    const second = await jobs.enqueue({ kind: 'k', payload: 2, uniqueKey: 'a', lane: 'person' });
    assert.equal(second.id, first.id);
    assert.equal(second.payload, 1);
    assert.equal(second.lane, 'person');
    assert.ok(second.runAt < first.runAt);
    assert.deepEqual(await jobs.find(first.id), second);
    await jobs.cancel(first.id);
    assert.notEqual((await jobs.enqueue({ kind: 'k', payload: 1, uniqueKey: 'a' })).id, first.id);
  });

  test('enqueue() of one key by many connections at once makes one job', async (t) => {
    const { db } = await setUp();
    const others = Array.from({ length: 4 }, () => openDatabase(db.address));
    t.after(() => Promise.all(others.map((other) => other.close())));
    const made = await Promise.all(
      others.flatMap((other) => {
        const jobs = createJobs({ db: other, clock: systemClock });
        return [1, 2, 3].map((n) => jobs.enqueue({ kind: 'k', payload: n, uniqueKey: 'one' }));
      }),
    );
    assert.equal(new Set(made.map((job) => job.id)).size, 1);
  });

  test('cancel() ends a queued job, and says false of one that has ended', async () => {
    const { jobs } = await setUp();
    const { id } = await jobs.enqueue({ kind: 'k', payload: 1 });
    assert.equal(await jobs.cancel(id), true);
    assert.equal((await jobs.find(id))?.state, 'cancelled');
    assert.equal(await jobs.cancel(id), false);
    await assert.rejects(jobs.cancel('none'), { code: 'jobs.notFound' });
  });

  test('retry() puts an ended job back, gives the twin that took its place, and refuses a waiting one', async () => {
    const { jobs } = await setUp();
    const { id } = await jobs.enqueue({ kind: 'k', payload: 1, uniqueKey: 'a' });
    await assert.rejects(jobs.retry(id), { code: 'jobs.notEnded' });
    await jobs.cancel(id);
    assert.equal((await jobs.retry(id)).state, 'queued');
    await jobs.cancel(id);
    const twin = await jobs.enqueue({ kind: 'k', payload: 1, uniqueKey: 'a' });
    assert.equal((await jobs.retry(id)).id, twin.id);
    assert.equal((await jobs.find(id))?.state, 'cancelled');
    await assert.rejects(jobs.retry('none'), { code: 'jobs.notFound' });
  });

  test('list() filters by state, kind and ids, and counts() counts by state', async () => {
    const { jobs } = await setUp();
    const made = [];
    for (const kind of ['a', 'a', 'b']) made.push(await jobs.enqueue({ kind, payload: 0 }));
    await jobs.cancel(made[0]!.id);
    const ids = async (filter: Parameters<typeof jobs.list>[0]) =>
      (await jobs.list(filter)).map((job) => job.id).sort();
    assert.deepEqual(await ids({ states: ['queued'] }), [made[1]!.id, made[2]!.id]);
    assert.deepEqual(await ids({ kind: 'a' }), [made[0]!.id, made[1]!.id]);
    assert.deepEqual(await ids({ ids: [made[2]!.id, 'none'] }), [made[2]!.id]);
    assert.deepEqual(await ids({ states: [] }), []);
    assert.equal((await jobs.list({ limit: 2 })).length, 2);
    assert.deepEqual(await jobs.counts(), { queued: 2, running: 0, done: 0, failed: 0, cancelled: 1 });
  });

  test('wait() tells what happens and ends when all have ended', { timeout: 20_000 }, async () => {
    const { jobs } = await setUp();
    const [one, two] = [
      await jobs.enqueue({ kind: 'k', payload: 1 }),
      await jobs.enqueue({ kind: 'k', payload: 2 }),
    ];
    const told: string[] = [];
    const waiting = jobs.wait([two!.id, one!.id], {
      onChange: (job) => told.push(`${job.payload} ${job.state}`),
    });
    await jobs.cancel(one!.id);
    await jobs.cancel(two!.id);
    assert.deepEqual(
      (await waiting).map((job) => job.payload),
      [2, 1],
    );
    assert.ok(told.includes('1 cancelled') && told.includes('2 cancelled'));
    await assert.rejects(jobs.wait(['none']), { code: 'jobs.notFound' });
    const third = await jobs.enqueue({ kind: 'k', payload: 3 });
    await assert.rejects(jobs.wait([third.id], { signal: AbortSignal.timeout(20) }), {
      name: 'TimeoutError',
    });
  });
});
