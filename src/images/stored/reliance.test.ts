import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Descriptor, type Digest, digestOf } from '../../kernel/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { manifestMediaType } from '../media-types.ts';
import { createStoreTarget } from './store-target.ts';

test('createStoreTarget() keeps what it finds in the store from garbage collection, as if it had written it', async () => {
  const texts = ['taken', 'a manifest', 'read'];
  const [taken, manifest, read] = texts.map((text) => ({
    mediaType: manifestMediaType,
    digest: digestOf(text),
    size: text.length,
  })) as [Descriptor, Descriptor, Descriptor];
  // Handed in, so that they count as old.
  const store = new MemoryBlobStore(new Map(texts.map((text) => [digestOf(text), Buffer.from(text)])));
  const target = createStoreTarget({ store, name: 'store' });
  const untouchedSince = Date.now() - 1000;
  assert.equal(await target.takes(taken), true);
  await target.putManifest(manifest, Buffer.from('a manifest'));
  assert.ok(await target.heldManifest?.(read.digest));
  const sweep = await store.sweep();
  const freed: Digest[] = [];
  for (const { digest } of [taken, manifest, read])
    if (await sweep.free(digest, untouchedSince)) freed.push(digest);
  assert.deepEqual(freed, []);
});
