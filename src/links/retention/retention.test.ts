import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { countQueries, forEachDatabase } from '../../../test/support/databases.ts';
import {
  createTestClock,
  createTestLinks,
  linksTestMigrations,
  makeSnapshot,
} from '../../../test/support/links.ts';
import { hasCode } from '../../kernel/index.ts';
import { retentionMigrations } from './migrations.ts';
import { createRetention } from './retention.ts';

const day = 24 * 3_600_000;

forEachDatabase((_, open) => {
  describe('createRetention()', () => {
    const setUp = async () => {
      const db = await open([...linksTestMigrations, ...retentionMigrations]);
      const clock = createTestClock();
      const { links } = createTestLinks(db, clock);
      const add = async (url: string, ages: number[], tags: string[] = []) => {
        clock.advance(1);
        const { link } = (await links.add([{ url, tags }]))[0]!;
        const snapshots = [];
        for (const age of ages)
          snapshots.push(
            await links.recordSnapshot(makeSnapshot({ linkId: link.id, takenAt: clock.now() - age * day })),
          );
        return { link, ids: snapshots.map(({ id }) => id), digests: snapshots.map(({ digest }) => digest!) };
      };
      return { db, clock, links, retention: createRetention({ db, clock }), add };
    };

    test('plans what goes for each link by its tags, and applies just that', async () => {
      const { links, retention, add } = await setUp();
      const page = await add('a.example', [0, 1, 2, 3]);
      const release = await add('b.example', [0, 1, 2], ['ocp/4.5']);
      const single = await add('c.example', [500]);
      const trashed = await add('d.example', [0, 1, 2]);
      await links.remove([trashed.link.id]);
      const rules = [{ last: 2 }, { tag: 'ocp', last: 1 }];
      const plan = await Array.fromAsync(retention.plan(rules));
      assert.deepEqual(
        plan.map(({ linkId, url, kept, surplus }) => [linkId, url, kept, surplus.map(({ id }) => id)]),
        [
          [page.link.id, page.link.url, 2, page.ids.slice(2)],
          [release.link.id, release.link.url, 1, release.ids.slice(1)],
        ],
      );
      assert.deepEqual(await Array.fromAsync(retention.plan([])), []);
      const surplus = new Set(plan.flatMap((thinning) => thinning.surplus.map(({ id }) => id)));
      const planned = await Array.fromAsync(links.heldManifests(surplus));
      for (const thinning of plan) assert.equal(await retention.apply(thinning), 2);
      const held = [...page.digests.slice(0, 2), release.digests[0]!, ...single.digests, ...trashed.digests];
      assert.deepEqual((await Array.fromAsync(links.heldManifests())).sort(), held.sort());
      assert.deepEqual(planned.sort(), held.sort());
      assert.equal((await links.get(page.link.id)).snapshot?.id, page.ids[0]);
      assert.deepEqual(await Array.fromAsync(retention.plan(rules)), []);
      for (const thinning of plan) assert.equal(await retention.apply(thinning), 0);
    });

    test('a manifest that two snapshots name stays while one of them does', async () => {
      const { links, add, clock } = await setUp();
      const { link, ids, digests } = await add('a.example', [1]);
      const again = makeSnapshot({ linkId: link.id, digest: digests[0]!, takenAt: clock.now() });
      const { id } = await links.recordSnapshot(again);
      assert.deepEqual(await Array.fromAsync(links.heldManifests()), digests);
      assert.deepEqual(await Array.fromAsync(links.heldManifests(new Set(ids))), digests);
      assert.deepEqual(await Array.fromAsync(links.heldManifests(new Set([...ids, id]))), []);
    });

    test('what was pinned, shown or put in the trash after the plan stays', async () => {
      const { links, retention, add } = await setUp();
      const { link, ids } = await add('a.example', [0, 1, 2]);
      const [thinning] = await Array.fromAsync(retention.plan([{ last: 1 }]));
      assert.equal(await retention.pin([ids[2]!], true), 1);
      assert.equal(await retention.pin([ids[2]!], true), 0);
      const all = { ...thinning!, surplus: ids.map((id) => ({ ...thinning!.surplus[0]!, id })) };
      assert.equal(await retention.apply(all), 1);
      assert.deepEqual(
        (await links.snapshots(link.id)).map(({ id }) => id),
        [ids[0], ids[2]],
      );
      assert.deepEqual(
        (await retention.pins()).map(({ id }) => id),
        [ids[2]],
      );
      await links.remove([link.id]);
      await retention.pin([ids[2]!], false);
      assert.equal(await retention.apply(all), 0);
      assert.equal((await links.snapshots(link.id)).length, 2);
      await assert.rejects(retention.pin(['nobody'], true), (error) => hasCode(error, 'links.noSnapshot'));
      await links.purge([link.id]);
      assert.deepEqual(await retention.pins(), []);
    });

    test('plan() costs the same number of queries for one link and for many', async () => {
      const { db, clock, add } = await setUp();
      const count = () =>
        countQueries(db, async (counted) => {
          await Array.fromAsync(createRetention({ db: counted, clock }).plan([{ last: 1 }]));
        });
      await add('a.example', [0, 1]);
      const one = await count();
      for (const name of ['b', 'c', 'd', 'e']) await add(`${name}.example`, [0, 1, 2]);
      assert.equal(await count(), one);
    });
  });
});
