import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { smallDisk } from '../../test/support/small-disk.ts';
import { HoldfastError } from '../kernel/index.ts';
import { createFsBlobStore, verifyBlobs } from '../store/index.ts';
import { importBundle } from './import/import-bundle.ts';
import { verifyBundle } from './read/verify-bundle.ts';
import { keepPage, noise } from './testing/keep.ts';
import { openWorld, scratchFolder, type World } from './testing/world.ts';

const isNoSpace = (error: unknown) => {
  assert.ok(error instanceof HoldfastError, String(error));
  assert.ok(error.code === 'bundle.noSpace' || error.code === 'store.full', error.code);
  assert.equal(error.kind, 'unavailable');
  assert.ok(Number(error.details.neededBytes) > Number(error.details.freeBytes));
  return true;
};

const large = async (world: World) => {
  await keepPage(world, { url: 'https://example.com/a', parts: [noise(900, 1)] });
  await keepPage(world, { url: 'https://example.com/b', parts: [noise(20_000_000, 2)] });
};

describe('on a disk that is too small', () => {
  test('an export stops before the first byte, and goes on in the middle when the disk fills up meanwhile', async (test) => {
    await using disk = await smallDisk(test, 32);
    if (!disk) return;
    await using here = await openWorld();
    await large(here);
    const to = join(disk.root, 'bundle');
    const ballast = join(disk.root, 'ballast');
    await writeFile(ballast, noise(16_000_000, 3));
    await assert.rejects(here.export({ to }), isNoSpace);
    await rm(ballast);
    const onPlan = () => writeFileSync(ballast, noise(20_000_000, 3));
    await assert.rejects(here.export({ to, onPlan }), isNoSpace);
    await rm(ballast);
    await here.export({ to });
    assert.equal((await verifyBundle(to)).ok, true);
  });

  test('an import stops before the first byte; without a look ahead it keeps what is whole, and completes it later', async (test) => {
    await using disk = await smallDisk(test, 32);
    if (!disk) return;
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    await large(here);
    await here.export({ to: bundle.path });
    const store = await createFsBlobStore({ root: join(disk.root, 'store') });
    const ballast = join(disk.root, 'ballast');
    await writeFile(ballast, noise(16_000_000, 3));
    const deps = {
      links: there.links,
      store,
      texts: { read: async () => '' },
      addReferrer: there.referrers.add,
    };
    await assert.rejects(importBundle(deps, bundle.path, { storeFolder: disk.root }), isNoSpace);
    assert.deepEqual(await Array.fromAsync(store.list()), []);
    await assert.rejects(importBundle(deps, bundle.path), isNoSpace);
    assert.ok((await Array.fromAsync(store.list())).length > 0, 'small blobs stay');
    assert.ok((await Array.fromAsync(store.partials())).length > 0, 'what came of the large one stays');
    assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
    await rm(ballast);
    assert.equal((await importBundle(deps, bundle.path, { storeFolder: disk.root })).ok, true);
    assert.deepEqual(await Array.fromAsync(verifyBlobs(store)), []);
  });
});
