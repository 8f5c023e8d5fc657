import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { forEachDatabase } from '../../test/support/databases.ts';
import { changesMigrations, type Db, lastChange, watchChanges } from '../db/index.ts';
import { defineErrors, silentLogger, systemClock } from '../kernel/index.ts';
import { createJobs, createRunner, type JobHandler, jobsMigrations, type RunnerOptions } from './index.ts';

const migrations = [...changesMigrations, ...jobsMigrations];
const errors = defineErrors('testing', {
  away: { kind: 'unavailable', message: 'The thing is away' },
  wrong: { kind: 'invalid', message: 'Value "{value}" is wrong' },
});
const pace = { pollMs: 10, heartbeatMs: 50, leaseMs: 5_000, sweepMs: 50, retryMs: 5, graceMs: 200 };

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

const untilAborted: JobHandler = async ({ signal }) => {
  await sleep(60_000, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
};

forEachDatabase((_name, open) => {
  const serve = (t: TestContext, db: Db, more: Partial<RunnerOptions> & Pick<RunnerOptions, 'handlers'>) => {
    const runner = createRunner({
      db,
      clock: systemClock,
      logger: silentLogger,
      concurrency: 2,
      pace,
      ...more,
    });
    runner.start();
    t.after(() => runner.stop());
    return runner;
  };
  const setUp = async () => {
    const db = await open(migrations);
    return { db, jobs: createJobs({ db, clock: systemClock }) };
  };
  const check = (name: string, body: (t: TestContext) => Promise<void>) =>
    test(name, { timeout: 30_000 }, body);

  check('each job runs once, in the order of the queue, persons first', async (t) => {
    const { db, jobs } = await setUp();
    const ids: string[] = [];
    for (const [n, lane] of (['after', 'bulk', 'bulk', 'person', 'person'] as const).entries())
      ids.push((await jobs.enqueue({ kind: 'k', payload: n, lane })).id);
    const order: unknown[] = [];
    serve(t, db, { concurrency: 1, handlers: { k: async ({ job }) => void order.push(job.payload) } });
    const ended = await jobs.wait(ids);
    assert.deepEqual(order, [3, 4, 1, 2, 0]);
    assert.ok(ended.every((job) => job.state === 'done' && job.attempts === 1 && job.progress === null));
  });

  check('several runners share a queue without running a job twice', async (t) => {
    const { db, jobs } = await setUp();
    const ids: string[] = [];
    for (let n = 0; n < 40; n++) ids.push((await jobs.enqueue({ kind: 'k', payload: n })).id);
    const ran: unknown[] = [];
    const handlers = { k: (async ({ job }) => void ran.push(job.payload)) as JobHandler };
    for (let n = 0; n < 3; n++) serve(t, db, { handlers });
    await jobs.wait(ids);
    assert.deepEqual(ran.length, 40);
    assert.deepEqual(new Set(ran).size, 40);
  });

  check('a person does not wait behind bulk work', async (t) => {
    const { db, jobs } = await setUp();
    const held = gate();
    serve(t, db, { handlers: { bulk: () => held.opened, quick: async () => {} } });
    for (let n = 0; n < 5; n++) await jobs.enqueue({ kind: 'bulk', payload: n, lane: 'bulk' });
    while ((await jobs.counts()).running < 1) await sleep(5);
    const person = await jobs.enqueue({ kind: 'quick', payload: 0 });
    assert.equal((await jobs.wait([person.id]))[0]?.state, 'done');
    assert.deepEqual([(await jobs.counts()).running, (await jobs.counts()).queued], [1, 4]);
    held.open();
  });

  check('errors that may pass are tried again, others fail at once', async (t) => {
    const { db, jobs } = await setUp();
    const tries: Record<string, number> = {};
    const counted =
      (work: (attempt: number) => void): JobHandler =>
      async ({ job }) => {
        tries[job.kind] = (tries[job.kind] ?? 0) + 1;
        work(job.attempts);
      };
    serve(t, db, {
      handlers: {
        heals: counted((attempt) => {
          if (attempt < 3) throw errors.away();
        }),
        away: counted(() => {
          throw errors.away();
        }),
        unknown: counted(() => {
          throw new TypeError('x is not a function');
        }),
        wrong: counted(() => {
          throw errors.wrong({ value: 'v' });
        }),
      },
    });
    const ids: string[] = [];
    for (const kind of ['heals', 'away', 'unknown', 'wrong'])
      ids.push((await jobs.enqueue({ kind, payload: 0 })).id);
    const ended = await jobs.wait(ids);
    assert.deepEqual(
      ended.map((job) => [job.state, job.fault?.code ?? null]),
      [
        ['done', null],
        ['failed', 'testing.away'],
        ['failed', 'jobs.handlerFailed'],
        ['failed', 'testing.wrong'],
      ],
    );
    assert.deepEqual(tries, { heals: 3, away: 3, unknown: 3, wrong: 1 });
    assert.match(ended[2]!.fault!.message, /x is not a function/);
    assert.deepEqual(ended[3]!.fault!.details, { value: 'v' });
  });

  check('cancel() stops a running job, whoever asks', async (t) => {
    const { db, jobs } = await setUp();
    const runner = serve(t, db, { handlers: { k: untilAborted, deaf: () => new Promise(() => {}) } });
    for (const kind of ['k', 'deaf']) {
      const { id } = await jobs.enqueue({ kind, payload: 0 });
      while ((await jobs.find(id))?.state !== 'running') await sleep(5);
      assert.equal(await jobs.cancel(id), true);
      assert.equal((await jobs.wait([id]))[0]?.state, 'cancelled');
    }
    while (runner.running > 0) await sleep(5);
  });

  check('stop() puts running jobs back unharmed and the next runner does them', async (t) => {
    const { db, jobs } = await setUp();
    const first = serve(t, db, { handlers: { k: untilAborted } });
    const { id } = await jobs.enqueue({ kind: 'k', payload: 0 });
    while ((await jobs.find(id))?.state !== 'running') await sleep(5);
    assert.equal(await jobs.hasLiveRunner(), true);
    await first.stop();
    const back = await jobs.find(id);
    assert.deepEqual([back?.state, back?.attempts, first.running], ['queued', 0, 0]);
    assert.equal(await jobs.hasLiveRunner(), false);
    serve(t, db, { handlers: { k: async () => {} } });
    assert.equal((await jobs.wait([id]))[0]?.state, 'done');
  });

  check('a runner that lost its lease stops the work and does not touch the job', async (t) => {
    const { db, jobs } = await setUp();
    const aborted = gate();
    serve(t, db, {
      handlers: {
        k: async (context) => {
          await untilAborted(context).catch(() => {});
          assert.equal((context.signal.reason as { code: string }).code, 'jobs.leaseLost');
          aborted.open();
        },
      },
    });
    const { id } = await jobs.enqueue({ kind: 'k', payload: 0 });
    while ((await jobs.find(id))?.state !== 'running') await sleep(5);
    const tables = db.query<{ jobs: { id: string; owner: string; lease_until: number } }>();
    await tables
      .updateTable('jobs')
      .set({ owner: 'another', lease_until: Date.now() + 60_000 })
      .execute();
    await aborted.opened;
    await sleep(100);
    assert.equal((await jobs.find(id))?.state, 'running');
  });

  check('an expired lease goes back to the queue; after the last attempt the job is given up', async (t) => {
    const { db, jobs } = await setUp();
    const ids: string[] = [];
    for (const maxAttempts of [2, 1])
      ids.push((await jobs.enqueue({ kind: 'k', payload: 0, maxAttempts })).id);
    const tables = db.query<{
      jobs: { state: string; owner: string; lease_until: number; attempts: number };
    }>();
    await tables
      .updateTable('jobs')
      .set({ state: 'running', attempts: 1, owner: 'a process elsewhere', lease_until: Date.now() - 1 })
      .execute();
    serve(t, db, { handlers: { k: async () => {} } });
    const [again, given] = await jobs.wait(ids);
    assert.deepEqual([again?.state, again?.attempts], ['done', 2]);
    assert.deepEqual([given?.state, given?.fault?.code], ['failed', 'jobs.lost']);
  });

  check('progress is kept and told, not more often than asked', async (t) => {
    const { db, jobs } = await setUp();
    const held = gate();
    const since = await lastChange(db);
    serve(t, db, {
      pace: { ...pace, progressMs: 100 },
      handlers: {
        k: async ({ progress }) => {
          for (let done = 0; done <= 1_000; done++)
            progress({ stage: 's', done, total: 1_000, unit: 'items' });
          await held.opened;
        },
      },
    });
    const { id } = await jobs.enqueue({ kind: 'k', payload: 0 });
    while ((await jobs.find(id))?.progress?.done !== 1_000) await sleep(5);
    held.open();
    await jobs.wait([id]);
    const stop = new AbortController();
    for await (const changes of watchChanges(db, since, { signal: stop.signal })) {
      assert.ok(changes.every((change) => change.topic === 'job' && change.ref === id));
      assert.ok(changes.length >= 4 && changes.length <= 6, `told ${changes.length} times`);
      stop.abort();
    }
  });

  check('a runner of named jobs leaves the others alone and is no server', async (t) => {
    const { db, jobs } = await setUp();
    const [mine, other] = [
      await jobs.enqueue({ kind: 'k', payload: 0 }),
      await jobs.enqueue({ kind: 'k', payload: 1 }),
    ];
    serve(t, db, { handlers: { k: async () => {} }, onlyJobs: [mine!.id] });
    await jobs.wait([mine!.id]);
    assert.equal(await jobs.hasLiveRunner(), false);
    assert.equal((await jobs.find(other!.id))?.state, 'queued');
  });

  check('forgetDone() forgets what was done before the time and nothing else', async (t) => {
    const { db, jobs } = await setUp();
    const done = await jobs.enqueue({ kind: 'k', payload: 0 });
    serve(t, db, { handlers: { k: async () => {} } });
    await jobs.wait([done.id]);
    const failed = await jobs.enqueue({ kind: 'other', payload: 0 });
    assert.equal(await jobs.forgetDone(0), 0);
    assert.equal(await jobs.forgetDone(Date.now() + 1_000), 1);
    assert.equal(await jobs.find(done.id), undefined);
    assert.equal((await jobs.find(failed.id))?.state, 'queued');
  });
});
