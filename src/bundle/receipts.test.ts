import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { hasCode } from '../kernel/index.ts';
import { verifyBlobs } from '../store/index.ts';
import { readReceipt, writeReceipt } from './receipt.ts';
import { keepPage, noise } from './testing/keep.ts';
import { openWorld, scratchFolder, type World } from './testing/world.ts';

const receiptOf = async (world: World, place: string, instance = 'there') => {
  await writeFile(place, writeReceipt(world.store, { instance, clock: { now: () => 0 } }));
  return place;
};
const page = (letter: string) => ({
  url: `https://example.com/${letter}`,
  parts: [noise(3_000, letter.charCodeAt(0))],
});

describe('receipts', () => {
  test('name every blob in sorted lines of zstd', async () => {
    await using there = await openWorld();
    await using scratch = await scratchFolder();
    await keepPage(there, page('a'));
    const chunks = await Array.fromAsync(
      writeReceipt(there.store, { instance: 'there', clock: { now: () => 0 } }),
    );
    const lines = zstdDecompressSync(Buffer.concat(chunks)).toString().split('\n');
    assert.deepEqual(lines.slice(0, 3), [
      'holdfast-receipt 1',
      'instance there',
      'takenAt 1970-01-01T00:00:00.000Z',
    ]);
    const held = (await Array.fromAsync(there.store.list())).map((it) => `${it.digest} ${it.sizeBytes}`);
    assert.deepEqual(lines.slice(3), [...held.sort(), '']);
    const read: string[] = [];
    const mark = await readReceipt(await receiptOf(there, join(scratch.path, 'r')), (it) => {
      read.push(`${it.digest} ${it.sizeBytes}`);
    });
    assert.deepEqual(read, held);
    assert.deepEqual(mark, { instance: 'there', takenAt: '1970-01-01T00:00:00.000Z' });
  });

  test('of two receivers make one bundle that completes both, and leaves out what both have', async () => {
    await using here = await openWorld();
    await using first = await openWorld();
    await using second = await openWorld();
    await using scratch = await scratchFolder();
    for (const letter of ['a', 'b', 'c']) await keepPage(here, page(letter));
    for (const letter of ['a', 'b']) await keepPage(first, page(letter));
    for (const letter of ['b', 'c']) await keepPage(second, page(letter));
    const receipts = [
      await receiptOf(first, join(scratch.path, '1'), 'first'),
      await receiptOf(second, join(scratch.path, '2'), 'second'),
    ];
    for (const order of [receipts, receipts.toReversed()]) {
      const to = join(scratch.path, `bundle-${order === receipts}`);
      const plan = await here.export({ to, receipts: order });
      // Page b, its manifest, and the empty config that all share.
      assert.equal(plan.leftOut.blobs, 3);
      assert.equal(plan.blobs, 4);
    }
    for (const there of [first, second]) {
      const done = await there.import(join(scratch.path, 'bundle-true'));
      assert.deepEqual([done.ok, done.created, done.known], [true, 1, 2]);
      assert.deepEqual(await Array.fromAsync(verifyBlobs(there.store)), []);
    }
  });

  test('of what is gone meanwhile lead to an import that names the blobs, and a new receipt completes it', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using scratch = await scratchFolder();
    await keepPage(here, page('a'));
    const b = await keepPage(here, page('b'));
    await keepPage(there, page('a'));
    const place = await receiptOf(there, join(scratch.path, 'r'));
    const to = join(scratch.path, 'bundle');
    await here.export({ to, receipts: [place] });
    const shared = await there.store.put(Buffer.from('{}'));
    await there.store.delete(shared.digest);
    const done = await there.import(to);
    assert.deepEqual([done.ok, done.recorded, done.leftOutMissing], [false, 0, [shared.digest]]);
    assert.ok(done.incomplete.some((it) => it.digest === b.digest));
    const again = join(scratch.path, 'again');
    const plan = await here.export({ to: again, receipts: [await receiptOf(there, place)] });
    assert.equal(plan.blobs, 1);
    assert.equal((await there.import(again)).ok, true);
  });

  test('a blob that a receiver holds in another size is carried', async () => {
    await using here = await openWorld();
    await using scratch = await scratchFolder();
    const { digest } = await keepPage(here, page('a'));
    const place = join(scratch.path, 'r');
    const head = 'holdfast-receipt 1\ninstance x\ntakenAt 1970-01-01T00:00:00.000Z\n';
    await writeFile(place, zstdCompressSync(Buffer.from(`${head}${digest} 1\n`)));
    const plan = await here.export({ to: join(scratch.path, 'b'), receipts: [place] });
    assert.equal(plan.leftOut.blobs, 0);
  });

  test('that are none are refused with the reason, however long they unpack', async () => {
    await using scratch = await scratchFolder();
    const place = join(scratch.path, 'r');
    const head = 'holdfast-receipt 1\ninstance x\ntakenAt 1970-01-01T00:00:00.000Z\n';
    const refused: (string | Buffer)[] = [
      Buffer.from('no zstd'),
      Buffer.alloc(0),
      '',
      'holdfast-receipt 2\n',
      'holdfast-receipt 1\n',
      'holdfast-receipt 1\ninstance ../x\ntakenAt 1970-01-01T00:00:00.000Z\n',
      `${head}sha256:1 5\n`,
      `${head}sha256:${'0'.repeat(64)} -1\n`,
      `${head}sha256:${'0'.repeat(64)} 5`,
      `${head}${'x'.repeat(50_000_000)}`,
      zstdCompressSync(Buffer.from(head)).subarray(0, 20),
    ];
    for (const text of refused) {
      await writeFile(place, typeof text === 'string' ? zstdCompressSync(Buffer.from(text)) : text);
      await assert.rejects(
        readReceipt(place, () => {}),
        (error) => hasCode(error, 'bundle.badReceipt'),
        String(text).slice(0, 90),
      );
    }
    await assert.rejects(
      readReceipt(join(scratch.path, 'nowhere'), () => {}),
      (error) => hasCode(error, 'bundle.unreadable'),
    );
  });
});
