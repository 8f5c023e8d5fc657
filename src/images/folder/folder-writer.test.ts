import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hasCode } from '../../kernel/index.ts';
import { ownedName } from '../../store/index.ts';
import { createLayoutFolder, createLayoutTar } from '../layout/index.ts';
import { createMirrorFolder } from '../oc-mirror/index.ts';
import { copyImage } from '../testing/copy-image.ts';
import { MemoryImages } from '../testing/memory-images.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';

const ways = [
  { name: 'an image layout', create: (root: string) => createLayoutFolder(join(root, 'layout')) },
  { name: 'a tar', create: (root: string) => createLayoutTar(join(root, 'layout.tar')) },
  {
    name: 'a mirror folder',
    create: async (root: string) => (await createMirrorFolder(join(root, 'mirror'))).repository('a/b'),
  },
];

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
        const target = await create(scratch.path);
        const layer = images.put('text/plain', Buffer.alloc(5_000_000, 'x'));
        await assert.rejects(
          target.putBlob(layer, (start) => images.blob(layer, start)),
          (error) => hasCode(error, 'images.placeFull') && error.details.neededBytes === layer.size,
        );
        assert.equal(await target.takes(layer), false);
        if (name !== 'a tar') {
          await copyImage(images, target, images.image(['small']), 'v1');
          const names = await readdir(scratch.path, { recursive: true });
          assert.deepEqual(
            names.filter((each) => each.includes('.tmp-') || each.includes('.holdfast-')),
            [],
          );
        } else await (target as Awaited<ReturnType<typeof createLayoutTar>>).abort();
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
    for (const { create } of ways)
      await create(scratch.path).then((target) => (target as { abort?: () => void }).abort?.());
    const places = ['layout/.holdfast-', 'layout.tar.', 'mirror/.tmp-', 'mirror/v2/a/b/blobs/.tmp-'];
    for (const place of places)
      for (const owner of [live, dead]) await writeFile(join(scratch.path, place + owner), '');
    for (const { create } of ways)
      await create(scratch.path).then((target) => (target as { abort?: () => void }).abort?.());
    const left = (await readdir(scratch.path, { recursive: true })).filter((name) =>
      /-[0-9a-f]{18}$/.test(name),
    );
    assert.deepEqual(left.sort(), places.map((place) => place + live).sort());
  });
});
