import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import { digestOf, HoldfastError } from '../../kernel/index.ts';
import { collect } from '../../store/index.ts';
import { checksumOf } from '../tar/block.ts';
import type { RandomAccess } from '../tar/index.ts';
import { copyImage } from '../testing/copy-image.ts';
import { MemoryImages } from '../testing/memory-images.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { walkParts } from '../walk.ts';
import { createLayoutTar, openLayoutTar } from './index.ts';

const scratch = await scratchFolder();
after(() => scratch[Symbol.asyncDispose]());

/** An archive in memory that counts what is asked of it. */
function inMemory(bytes: Uint8Array): RandomAccess & { readBytes: number; largest: number } {
  const close = async () => {};
  return {
    name: 'memory.tar',
    sizeBytes: bytes.length,
    readBytes: 0,
    largest: 0,
    async read(into, at) {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      this.readBytes += part.length;
      this.largest = Math.max(this.largest, into.length);
      return part.length;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

test('a damaged layout in a tar ends in an error of ours or gives sound images, with bounded memory', async () => {
  const images = new MemoryImages();
  const path = join(scratch.path, 'sound.tar');
  const target = await createLayoutTar(path);
  await copyImage(
    images,
    target,
    images.index([images.image(['a', 'b']), images.image(['a', 'c'.repeat(700)])]),
    'v1',
  );
  await target.close();
  const sound = await readFile(path);
  const blocks = sound.length / 512;
  const damage = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 6 });
  // Whole headers in other places, with their checksums set right: entries are lost, doubled and renamed.
  const moves = fc.array(fc.tuple(fc.nat(blocks - 1), fc.nat(blocks - 1)), { maxLength: 3 });
  let opened = 0;
  await fc.assert(
    fc.asyncProperty(
      damage,
      moves,
      fc.boolean(),
      fc.option(fc.nat(sound.length), { freq: 1 }),
      async (bytes, swaps, repair, cut) => {
        const tar = Buffer.from(sound);
        for (const [at, value] of bytes) tar[at] = value;
        for (const [from, to] of swaps) tar.copyWithin(to * 512, from * 512, from * 512 + 512);
        if (repair)
          for (const [at] of bytes) setChecksum(tar.subarray(at - (at % 512), at - (at % 512) + 512));
        const archive = inMemory(tar.subarray(0, cut ?? tar.length));
        try {
          await using source = await openLayoutTar(archive);
          const root = await source.resolve('v1');
          const reader = {
            bytes: async (digest: typeof root.digest) => source.manifest(await source.resolve(digest)),
          };
          for await (const { descriptor } of walkParts(reader, [root], 'v1')) {
            const blob = await collect(await source.blob(descriptor), 10_000);
            // Blobs are hashed by whoever writes them; a manifest is hashed here.
            if (descriptor.mediaType.includes('manifest')) assert.equal(digestOf(blob), descriptor.digest);
            assert.equal(blob.length, descriptor.size);
          }
          opened++;
        } catch (error) {
          assert.ok(error instanceof HoldfastError, String((error as Error).stack));
        }
        assert.ok(archive.largest <= 1024 * 1024, `${archive.largest} bytes were asked for at once`);
      },
    ),
    { numRuns: 500 },
  );
  assert.ok(opened > 10, 'some damage hits nothing that counts');
});

function setChecksum(block: Buffer): void {
  block.write(`${checksumOf(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
