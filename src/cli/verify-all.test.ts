import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { indexMediaType, manifestMediaType } from '../images/index.ts';
import { type Descriptor, type Digest, newId } from '../kernel/index.ts';
import { MemoryBlobStore } from '../store/index.ts';
import type { Workspace } from './program.ts';
import { type Found, verifyAll } from './verify-all.ts';

async function setUp() {
  const bytes = new Map<Digest, Uint8Array>();
  const store = new MemoryBlobStore(bytes);
  const snapshots = new Map<Digest, string>();
  const known = new Map<Digest, Digest[]>();
  const others: Digest[] = [];
  const loose: Digest[] = [];
  const put = async (value: unknown, mediaType: string, annotations?: Record<string, string>) => {
    const text = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    const { digest } = await store.put(text);
    return { mediaType, digest, size: text.length, ...(annotations && { annotations }) };
  };
  const layer = (text: string) => put(text, 'application/octet-stream');
  const image = async (...layers: Descriptor[]) =>
    put(
      { schemaVersion: 2, mediaType: manifestMediaType, config: await layer('config'), layers },
      manifestMediaType,
    );
  const index = (...manifests: Descriptor[]) =>
    put({ schemaVersion: 2, mediaType: indexMediaType, manifests }, indexMediaType);
  const named = (descriptor: Descriptor, repository: string, tag?: string): Descriptor => ({
    ...descriptor,
    annotations: {
      'dev.holdfast.repository': repository,
      ...(tag !== undefined && { 'org.opencontainers.image.ref.name': tag }),
    },
  });
  const workspace = {
    store,
    links: {
      heldManifests: () => snapshots.keys() as unknown as AsyncIterable<Digest>,
      getSnapshot: async (digest: Digest) => ({ id: snapshots.get(digest), linkId: 'link' }),
      find: async () => ({ url: 'docker://a.example/b:v1' }),
    },
    referrers: async (digest: Digest) => known.get(digest) ?? [],
    otherBlobs: async () => loose,
    otherRoots: async function* () {
      yield* others;
    },
  } as unknown as Workspace;
  const verify = async () => {
    const walk = verifyAll(workspace, { signal: new AbortController().signal, onProgress: () => {} });
    const found: Found[] = [];
    let step = await walk.next();
    for (; !step.done; step = await walk.next()) found.push(step.value);
    return { found, summary: step.value };
  };
  const keep = ({ digest }: Descriptor) => snapshots.set(digest, newId());
  return { store, bytes, known, others, loose, layer, image, index, named, keep, verify };
}

describe('verifyAll()', () => {
  test('walks indexes, manifests within them and what refers to them, and counts what nothing needs', async () => {
    const { known, others, loose, layer, image, index, keep, verify } = await setUp();
    const inner = await image(await layer('one'));
    const root = await index(await index(inner), await image(await layer('two')));
    keep(root);
    known.set(inner.digest, [(await image(await layer('signature'))).digest]);
    others.push((await image(await layer('pushed'))).digest);
    loose.push((await layer('of a push under way')).digest);
    const garbage = [await layer('nobody'), await image(await layer('needs this'))];
    const { found, summary } = await verify();
    assert.deepEqual(found, []);
    assert.equal(summary.snapshots, 1);
    assert.equal(summary.unreferenced, 3);
    assert.equal(summary.unreferencedBytes, garbage[0]!.size + garbage[1]!.size + 'needs this'.length);
  });

  test('names once what is missing, with every snapshot and every image that needs it', async () => {
    const { store, bytes, layer, image, index, named, keep, verify } = await setUp();
    const [shared, own] = [await layer('shared'), await layer('own')];
    const [one, two, three] = [
      await image(shared),
      await image(shared, own),
      await image(await layer('fine')),
    ];
    const root = await index(
      named(one, 'a.example/b', 'v1'),
      named(await index(two), 'a.example/b'),
      named(three, 'a.example/b', 'v3'),
    );
    const page = await image(shared, await layer('of a page'));
    keep(root);
    keep(page);
    await store.delete(shared.digest);
    await store.delete(three.digest);
    bytes.set(own.digest, Buffer.from('OWN'));
    const { found } = await verify();
    const by = new Map(found.map((fault) => [fault.digest, fault]));
    assert.equal(found.length, 3);
    assert.equal(by.get(shared.digest)?.fault, 'missing');
    assert.equal(by.get(shared.digest)?.neededBy.length, 2);
    const images = by.get(shared.digest)!.neededBy.flatMap((it) => it.images);
    assert.ok(images.includes('a.example/b:v1'));
    assert.ok(images.some((name) => name.startsWith('a.example/b@sha256:')));
    assert.equal(by.get(three.digest)?.fault, 'missing');
    assert.deepEqual(
      by.get(three.digest)?.neededBy.flatMap((it) => it.images),
      ['a.example/b:v3'],
    );
    assert.equal(by.get(own.digest)?.fault, 'corrupt');
    assert.equal(by.get(own.digest)?.neededBy[0]?.images.length, 1);
  });

  test('names a size that lies and a manifest that is none, and goes on', async () => {
    const { layer, image, index, keep, verify } = await setUp();
    const lied = { ...(await layer('longer')), size: 3 };
    const none = { ...(await layer('{"schemaVersion":1}')), mediaType: manifestMediaType };
    keep(await index(await image(lied), none, await image(await layer('fine'))));
    const { found, summary } = await verify();
    assert.deepEqual(
      found.map(({ digest, fault }) => [digest, fault]).sort(),
      [
        [lied.digest, 'wrongSize'],
        [none.digest, 'badManifest'],
      ].sort(),
    );
    assert.equal(summary.unreferenced, 0);
  });
});
