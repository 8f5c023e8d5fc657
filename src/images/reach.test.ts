import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Descriptor, type Digest, hasCode } from '../kernel/index.ts';
import { MemoryBlobStore } from '../store/index.ts';
import { indexMediaType, manifestMediaType } from './media-types.ts';
import { reachFrom } from './reach.ts';

function setUp() {
  const store = new MemoryBlobStore();
  const known = new Map<Digest, Digest[]>();
  const put = async (mediaType: string, value: unknown): Promise<Descriptor> => {
    const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    return { mediaType, digest: (await store.put(bytes)).digest, size: bytes.length };
  };
  const image = (config: Descriptor, ...layers: Descriptor[]) =>
    put(manifestMediaType, { schemaVersion: 2, mediaType: manifestMediaType, config, layers });
  const index = (...manifests: Descriptor[]) =>
    put(indexMediaType, { schemaVersion: 2, mediaType: indexMediaType, manifests });
  const referrers = async (subject: Digest) => known.get(subject) ?? [];
  const reach = async (root: Descriptor, passOver?: () => boolean) => {
    const reached = await Array.fromAsync(
      reachFrom({ store, referrers }, root.digest, passOver && { passOver }),
    );
    return reached.map(({ descriptor }) => descriptor.digest);
  };
  return { store, known, put, image, index, reach };
}

const digestsOf = (...parts: Descriptor[]) => parts.map(({ digest }) => digest);

test('reachFrom() reaches the parts of nested manifests and of artifacts that refer to any of them, each once', async () => {
  const { known, put, image, index, reach } = setUp();
  const [config, layer, signature, note] = await Promise.all(
    ['config', 'layer', 'signature', 'note'].map((text) => put('text/plain', text)),
  );
  const inner = await image(config!, layer!);
  const root = await index(await index(inner), inner);
  const signed = await image(config!, signature!);
  const noted = await image(config!, note!);
  known.set(inner.digest, [signed.digest]);
  known.set(signed.digest, [noted.digest]);
  const reached = await reach(root);
  assert.equal(reached[0], root.digest);
  assert.equal(new Set(reached).size, reached.length);
  for (const digest of digestsOf(inner, config!, layer!, signed, signature!, noted, note!))
    assert.ok(reached.includes(digest));
  assert.equal(reached.length, 9);
});

test('reachFrom() passes over a manifest that is gone only where it may, and gives it all the same', async () => {
  const { store, put, image, index, reach } = setUp();
  const config = await put('text/plain', 'config');
  const [gone, stays] = [await image(config), await image(config, await put('text/plain', 'layer'))];
  const root = await index(gone, stays);
  await store.delete(gone.digest);
  await assert.rejects(reach(root), (error) => hasCode(error, 'store.notFound'));
  assert.deepEqual((await reach(root, () => true)).slice(0, 3), digestsOf(root, gone, stays));
  await store.delete(root.digest);
  await assert.rejects(reach(root), (error) => hasCode(error, 'store.notFound'));
  assert.deepEqual(await reach(root, () => true), [root.digest]);
});
