import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startChild } from '../../test/support/child.ts';
import { forEachDatabase } from '../../test/support/databases.ts';
import { createTestLinks, linksTestMigrations } from '../../test/support/links.ts';
import { createRunner } from '../jobs/index.ts';
import { silentLogger, systemClock } from '../kernel/index.ts';

const adder = new URL('../../test/support/adder-child.ts', import.meta.url);

forEachDatabase((_name, open) => {
  test('two processes that add the same links at once make one of each', { timeout: 60_000 }, async () => {
    const db = await open(linksTestMigrations);
    const { links, jobs } = createTestLinks(db, systemClock);
    const children = ['forwards', 'backwards'].map((order) => startChild(adder, [db.address, 'same', order]));
    for (const child of children) assert.equal(await child.line(), 'ready');
    for (const child of children) child.process.stdin!.write('go\n');
    const created = await Promise.all(children.map(async (child) => Number(await child.line())));
    assert.equal(created[0]! + created[1]!, 50);
    const page = await links.query({ limit: 200 });
    assert.deepEqual([page.total, new Set(page.links.map((link) => link.url)).size], [50, 50]);
    assert.equal((await jobs.list()).length, 50);
    assert.ok(page.links.every((link) => link.tags.length === 2 && link.job?.state === 'queued'));
    assert.deepEqual(
      (await links.tags()).map((tag) => tag.tag),
      ['n0', 'n1', 'n2', 'n3', 'n4', 't'],
    );
  });

  test('kill -9 in the middle of add() loses nothing that was answered and leaves nothing half', {
    timeout: 60_000,
  }, async (t) => {
    const db = await open(linksTestMigrations);
    const { links, jobs } = createTestLinks(db, systemClock);
    const answered: string[] = [];
    for (const lines of [1, 4, 9]) {
      const child = startChild(adder, [db.address]);
      assert.equal(await child.line(), 'ready');
      for (let n = 0; n < lines; n++) answered.push(...(await child.line()).split(' '));
      await child.kill();
    }
    const all = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await links.query({ limit: 200, cursor });
      all.push(...page.links);
      cursor = page.nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    const ids = new Set(all.map((link) => link.id));
    assert.ok(answered.length >= 42 && answered.every((id) => ids.has(id)));
    assert.equal(new Set(all.map((link) => link.url)).size, all.length);
    assert.equal(all.length % 3, 0);
    for (const link of all) assert.deepEqual([link.tags, link.job?.state], [['t'], 'queued'], link.url);
    assert.equal((await jobs.list()).length, all.length);
    assert.equal((await links.query({ q: 'url:example' })).total, all.length);

    const captured: string[] = [];
    const handlers = {
      capture: async ({ job }: { job: { payload: unknown } }) =>
        void captured.push((job.payload as { linkId: string }).linkId),
    };
    const runner = createRunner({ db, clock: systemClock, logger: silentLogger, handlers, concurrency: 4 });
    runner.start();
    t.after(() => runner.stop());
    await jobs.wait(all.map((link) => link.job!.id));
    assert.deepEqual(captured.toSorted(), [...ids].sort());
  });
});
