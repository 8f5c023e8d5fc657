import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { forEachDatabase } from '../../test/support/databases.ts';
import { digestOf } from '../kernel/index.ts';
import { createReferrers, referrersMigrations } from './referrers.ts';

forEachDatabase((_, open) => {
  describe('createReferrers()', () => {
    const [page, other, first, second] = ['page', 'other', 'first', 'second'].map((it) => digestOf(it));

    test('find() gives the artifact recorded last for a subject and type', async () => {
      const referrers = createReferrers(await open(referrersMigrations));
      assert.equal(await referrers.find(page!, 'pdf'), undefined);
      await referrers.record(page!, 'pdf', first!);
      await referrers.record(page!, 'pdf', second!);
      assert.equal(await referrers.find(page!, 'pdf'), second);
      assert.equal(await referrers.find(page!, 'text'), undefined);
      assert.equal(await referrers.find(other!, 'pdf'), undefined);
    });

    test('list() gives every artifact of a subject and of no other', async () => {
      const referrers = createReferrers(await open(referrersMigrations));
      await referrers.record(page!, 'pdf', first!);
      await referrers.record(page!, 'text', second!);
      await referrers.record(other!, 'pdf', second!);
      assert.deepEqual([...(await referrers.list(page!))].sort(), [first, second].sort());
    });

    test('all() gives every artifact once, and forget() takes one away unless it was replaced', async () => {
      const referrers = createReferrers(await open(referrersMigrations));
      for (let i = 0; i < 503; i++) await referrers.record(digestOf(`page ${i}`), 'pdf', first!);
      await referrers.record(page!, 'pdf', first!);
      await referrers.record(page!, 'text', second!);
      const all = await Array.fromAsync(referrers.all());
      assert.equal(new Set(all.map((it) => `${it.subject} ${it.artifactType}`)).size, 505);
      assert.equal(all.length, 505);
      await referrers.forget({ subject: page!, artifactType: 'pdf', artifact: second! });
      assert.equal(await referrers.find(page!, 'pdf'), first);
      await referrers.forget({ subject: page!, artifactType: 'pdf', artifact: first! });
      assert.deepEqual(await referrers.list(page!), [second]);
    });
  });
});
