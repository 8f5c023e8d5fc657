import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { hasCode } from '../../kernel/index.ts';
import { copyImage } from '../testing/copy-image.ts';
import { MemoryImages } from '../testing/memory-images.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { createLayoutTar } from './index.ts';

const scratch = await scratchFolder();
after(() => scratch[Symbol.asyncDispose]());
let made = 0;
const freshPath = (): string => join(scratch.path, String(made++));

describe('createLayoutTar()', () => {
  test('writes a blob that is put several times at once a single time, and gives equal bytes for equal images', async () => {
    const paths = [freshPath(), freshPath()];
    for (const path of paths) {
      const images = new MemoryImages();
      const target = await createLayoutTar(path);
      let opened = 0;
      const layer = images.put('text/plain', 'shared');
      const open = (start: number) => {
        opened++;
        return images.blob(layer, start);
      };
      await Promise.all([
        target.putBlob(layer, open),
        target.putBlob(layer, open),
        target.putBlob(layer, open),
      ]);
      assert.equal(opened, 1);
      await copyImage(images, target, images.image(['shared', 'own']), 'v1');
      await target.close();
    }
    assert.deepEqual(await readFile(paths[0]!), await readFile(paths[1]!));
  });

  test('leaves no tar that is not whole, and overwrites none', async () => {
    const path = freshPath();
    const images = new MemoryImages();
    const layer = images.put('text/plain', 'layer');
    const target = await createLayoutTar(path);
    const broken = async () => Promise.reject(new Error('reset'));
    await assert.rejects(
      target.putBlob(layer, broken),
      (error) => error instanceof Error && /reset/.test(error.message),
    );
    await assert.rejects(target.close(), (error) => hasCode(error, 'images.partGone'));
    await target.abort();
    assert.deepEqual(
      (await readdir(scratch.path)).filter((name) => name.startsWith(`${made - 1}`)),
      [],
    );
    await writeFile(path, 'precious');
    await assert.rejects(createLayoutTar(path), (error) => hasCode(error, 'images.occupied'));
  });
});
