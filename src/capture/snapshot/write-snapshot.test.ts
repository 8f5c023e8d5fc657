import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseManifest } from '../../images/index.ts';
import { digestOf } from '../../kernel/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { pageArtifactType, roleAnnotation, type TimedExchange } from './format.ts';
import { answered, pageConfig } from './testing/stored-page.ts';
import { type LayerInput, writeSnapshot } from './write-snapshot.ts';

async function written(order: 'forward' | 'backward') {
  const store = new MemoryBlobStore();
  const turn = <T>(list: readonly T[]) => (order === 'forward' ? list : list.toReversed());
  const css = await store.put(Buffer.from('p{}'));
  const layers: LayerInput[] = [
    { role: 'html', mediaType: 'text/html', bytes: Buffer.from('<p>') },
    { role: 'text', mediaType: 'text/plain', bytes: Buffer.from('text') },
    { role: 'resource', mediaType: 'text/css', digest: css.digest, size: css.sizeBytes },
    { role: 'resource', mediaType: 'text/css', digest: css.digest, size: css.sizeBytes },
  ];
  const exchanges: TimedExchange[] = [
    await answered(store, 'https://example.org/a.css', 'text/plain', 'p{}', { atMs: 1 }),
    await answered(store, 'https://example.org/b', 'image/png', 'same bytes', { atMs: 2 }),
    await answered(store, 'https://example.org/c', 'Image/GIF; x=y', 'same bytes', { atMs: 3 }),
  ];
  const batch = store.batch();
  const snapshot = await writeSnapshot(batch, {
    artifactType: pageArtifactType,
    config: pageConfig,
    layers: turn(layers),
    exchanges: turn(exchanges),
  });
  await batch.commit();
  return { store, snapshot, manifest: parseManifest(await store.bytes(snapshot.digest)) };
}

test('the same parts give the same digest, in whatever order they come', async () => {
  const [one, other] = [await written('forward'), await written('backward')];
  assert.deepEqual(one.snapshot, other.snapshot);
});

test('every body is a layer, each blob is named once, and what the caller says of it counts', async () => {
  const { manifest, store, snapshot } = await written('forward');
  assert.deepEqual(
    manifest.layers.map((layer) => layer.annotations?.[roleAnnotation] ?? layer.mediaType).sort(),
    ['exchanges', 'html', 'image/gif', 'text', 'text/css'],
  );
  const resources = manifest.layers.filter((layer) => layer.annotations === undefined);
  assert.ok(resources.some((layer) => layer.digest === digestOf('p{}') && layer.mediaType === 'text/css'));
  let sum = 0;
  for await (const { sizeBytes } of store.list()) sum += sizeBytes;
  assert.equal(snapshot.sizeBytes, sum);
});
