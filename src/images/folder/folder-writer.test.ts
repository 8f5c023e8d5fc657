import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hasCode } from '../../kernel/index.ts';
import { ownedName } from '../../store/index.ts';
import { createLayoutFolder, createLayoutTar } from '../layout/index.ts';
import { createMirrorFolder } from '../oc-mirror/index.ts';
import { MemoryImages } from '../testing/memory-images.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';

/** Targets of each kind, and how each is let go of. */
const ways = [
  {
    name: 'an image layout',
    create: async (root: string) => {
      const target = await createLayoutFolder(join(root, 'layout'));
      return { target, end: () => target.abort() };
    },
  },
  {
    name: 'a tar',
    create: async (root: string) => {
      const target = await createLayoutTar(join(root, 'layout.tar'));
      return { target, end: () => target.abort() };
    },
  },
  {
    name: 'a mirror folder',
    create: async (root: string) => {
      const folder = await createMirrorFolder(join(root, 'mirror'));
      return { target: await folder.repository('a/b'), end: () => folder.close() };
    },
  },
];
const writing = (names: readonly string[]) => names.filter((name) => /-[0-9a-f]{18}$/.test(name)).sort();

describe('on a full disk', () => {
  for (const { name, create } of ways)
    test(`${name} says how much is needed, and leaves nothing half-written under a name`, async (context) => {
      await using scratch = await scratchFolder();
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', scratch.path], { stdio: 'pipe' });
      } catch {
        return context.skip('a disk can be filled only where tmpfs may be mounted');
      }
      try {
        const images = new MemoryImages();
        const { target, end } = await create(scratch.path);
        const layer = images.put('text/plain', Buffer.alloc(5_000_000, 'x'));
        await assert.rejects(
          target.putBlob(layer, (start) => images.blob(layer, start)),
          (error) => hasCode(error, 'images.placeFull') && error.details.neededBytes === layer.size,
        );
        assert.equal(await target.takes(layer), false);
        const small = images.put('text/plain', 'small');
        if (name !== 'a tar') await target.putBlob(small, (start) => images.blob(small, start));
        await end();
        const names = await readdir(scratch.path, { recursive: true });
        assert.deepEqual(writing(names), []);
        assert.equal(
          names.filter((each) => each.endsWith(small.digest.slice(7))).length,
          name === 'a tar' ? 0 : 1,
        );
      } finally {
        execFileSync('umount', [scratch.path]);
      }
    });
});

describe('what a killed writer left', () => {
  test('is swept when the place is next opened, and what a live one is writing is not', async () => {
    await using scratch = await scratchFolder();
    const live = ownedName();
    const [home, , start, chance] = live.split('-') as [string, string, string, string];
    // No process has this id.
    const dead = [home, '4194999', start, chance].join('-');
    const openAll = async () => {
      for (const { create } of ways) await (await create(scratch.path)).end();
    };
    await openAll();
    const places = ['layout/.holdfast-', 'layout.tar.', 'mirror/.tmp-', 'mirror/v2/a/b/blobs/.tmp-'];
    for (const place of places)
      for (const owner of [live, dead]) await writeFile(join(scratch.path, place + owner), '');
    await openAll();
    const left = writing(await readdir(scratch.path, { recursive: true }));
    assert.deepEqual(left, places.map((place) => place + live).sort());
  });
});

test('small blobs are synced together and get their names then; a large one does so by itself', async () => {
  await using scratch = await scratchFolder();
  const images = new MemoryImages();
  const target = await createLayoutFolder(scratch.path);
  const small = Array.from({ length: 100 }, (_, at) => images.put('text/plain', `blob ${at}`));
  const large = images.put('text/plain', Buffer.alloc(4 * 1024 * 1024));
  const named = async () => (await readdir(join(scratch.path, 'blobs/sha256'))).length;
  await Promise.all(
    [...small, large].map((part) => target.putBlob(part, (start) => images.blob(part, start))),
  );
  assert.equal(await named(), 1);
  for (const part of small) assert.equal(await target.takes(part), true);
  await target.close();
  assert.equal(await named(), 101);
});
