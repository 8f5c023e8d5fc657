import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Descriptor, type Digest, digestOf, hasCode } from '../kernel/index.ts';
import { indexMediaType, manifestMediaType } from './media-types.ts';
import { walkParts } from './walk.ts';

function memory() {
  const held = new Map<Digest, Uint8Array>();
  const put = (mediaType: string, value: unknown): Descriptor => {
    const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    held.set(digestOf(bytes), bytes);
    return { mediaType, digest: digestOf(bytes), size: bytes.length };
  };
  const image = (config: Descriptor, ...layers: Descriptor[]) =>
    put(manifestMediaType, { schemaVersion: 2, mediaType: manifestMediaType, config, layers });
  const index = (...manifests: Descriptor[]) =>
    put(indexMediaType, { schemaVersion: 2, mediaType: indexMediaType, manifests });
  return { put, image, index, reader: { bytes: async (digest: Digest) => held.get(digest)! } };
}

test('walkParts() reaches every part of nested indexes once, a manifest before its parts', async () => {
  const { put, image, index, reader } = memory();
  const [config, shared, own] = ['c', 'shared', 'own'].map((text) => put('text/plain', text)) as [
    Descriptor,
    Descriptor,
    Descriptor,
  ];
  const [one, two] = [image(config, shared), image(config, shared, own)];
  const inner = index(two);
  const root = index(one, inner, one);
  const reached = await Array.fromAsync(walkParts(reader, [root, one], 'a'));
  assert.deepEqual(
    reached.map(({ descriptor }) => descriptor.digest),
    [root, one, config, shared, inner, two, own].map(({ digest }) => digest),
  );
  assert.equal(reached.filter(({ manifest }) => manifest).length, 4);
});

test('walkParts() refuses indexes that are nested without end', async () => {
  const { put, index, reader } = memory();
  let root = put('text/plain', 'x');
  for (let depth = 0; depth < 12; depth++) root = index(root);
  await assert.rejects(Array.fromAsync(walkParts(reader, [root], 'a')), (error) =>
    hasCode(error, 'images.malformedManifest'),
  );
});
