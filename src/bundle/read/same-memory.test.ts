import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tarBytes } from '../export/tar-bytes.ts';
import { planTar } from '../format/tar-plan.ts';
import { ahead } from '../parts/ahead.ts';
import { keepPage, noise } from '../testing/keep.ts';
import { openWorld, scratchFolder } from '../testing/world.ts';
import { PartReader } from './part-reader.ts';
import { openIndex } from './read-index.ts';

test('a large blob is exported and imported through the same memory, whatever its size', async () => {
  await using here = await openWorld();
  await using bundle = await scratchFolder();
  await keepPage(here, { url: 'https://example.com/', parts: [noise(20_000_000, 1)] });
  await here.export({ to: bundle.path });
  const { index } = await openIndex(bundle.path);
  const [blob] = index.blobs.toSorted((a, b) => b.sizeBytes - a.sizeBytes);
  const memoryOf = async (pieces: AsyncIterable<Uint8Array>) => {
    const memory = new Set<ArrayBufferLike>();
    let sizeBytes = 0;
    for await (const { buffer, length } of ahead(pieces)) {
      memory.add(buffer);
      sizeBytes += length;
    }
    assert.ok(sizeBytes >= blob!.sizeBytes);
    return memory.size;
  };
  const reader = new PartReader(bundle.path, index);
  assert.equal(await memoryOf(reader.read(0, index.tarBytes)), 2);
  await reader.close();
  const { runs } = planTar('{}', [blob!]);
  async function* bytesOnly() {
    for await (const piece of tarBytes(here.store, runs, 0)) if (piece.blob) yield piece.bytes;
  }
  assert.equal(await memoryOf(bytesOnly()), 2);
});
