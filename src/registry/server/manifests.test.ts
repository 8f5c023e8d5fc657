import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  freshBlob,
  freshConfig,
  imageOf,
  indexOf,
  partOf,
  types,
} from '../../../test/interop/registry-conformance/material.ts';
import { codesOf, expectStatus } from '../../../test/interop/registry-conformance/world.ts';
import type { Digest } from '../../kernel/index.ts';
import { openWorld } from '../testing/open-world.ts';

describe('manifests', () => {
  test('a part whose size is not what the manifest says is refused', async () => {
    const { pushBlob, putManifest } = await openWorld();
    const config = freshConfig();
    await pushBlob(config);
    const lying = imageOf({ ...config, bytes: Buffer.concat([config.bytes, Buffer.from(' ')]) }, []);
    assert.deepEqual(codesOf(expectStatus(await putManifest(lying, 'v1'), 400)), ['MANIFEST_INVALID']);
  });

  test('schema 1 and unknown types are refused, layers that are never distributed need not be there', async () => {
    const { pushBlob, putManifest } = await openWorld();
    const config = freshConfig();
    await pushBlob(config);
    const image = imageOf(config, []);
    for (const mediaType of [
      'application/vnd.docker.distribution.manifest.v1+prettyjws',
      'text/html',
      'application/json',
    ])
      assert.deepEqual(codesOf(expectStatus(await putManifest({ ...image, mediaType }, 'v1'), 400)), [
        'MANIFEST_INVALID',
      ]);
    const foreign = {
      ...freshBlob(),
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
    };
    expectStatus(await putManifest(imageOf(config, [foreign]), 'v1'), 201);
  });

  test('what the store has lost is 404, not a broken answer', async () => {
    const { send, name, pushImage, store } = await openWorld();
    const image = await pushImage('v1');
    const layer = JSON.parse(image.bytes.toString()).layers[0].digest;
    await store.delete(image.digest as Digest);
    await store.delete(layer);
    for (const method of ['GET', 'HEAD']) {
      expectStatus(await send(method, `/v2/${name}/manifests/v1`), 404);
      expectStatus(await send(method, `/v2/${name}/blobs/${layer}`), 404);
    }
  });

  test('publish() makes what the store holds visible under image tags, without the platforms that are missing', async () => {
    const { send, store, publish } = await openWorld();
    const put = (part: { bytes: Buffer }) => store.put(part.bytes);
    const [config, layer] = [freshConfig(), freshBlob()];
    const image = imageOf(config, [layer]);
    const absent = imageOf(config, [freshBlob()]);
    const index = indexOf([image, absent]);
    for (const part of [config, layer, image, index]) await put(part);
    const descriptor = { mediaType: types.index, digest: index.digest as Digest, size: index.bytes.length };
    await publish('a/b', [
      { tag: '4.5.9-x86_64', descriptor },
      { tag: 'latest', descriptor },
    ]);
    for (const tag of ['4.5.9-x86_64', 'latest'])
      assert.deepEqual((await send('GET', `/v2/a/b/manifests/${tag}`)).body, index.bytes);
    assert.deepEqual((await send('GET', `/v2/a/b/manifests/${image.digest}`)).body, image.bytes);
    assert.deepEqual((await send('GET', `/v2/a/b/blobs/${layer.digest}`)).body, layer.bytes);
    expectStatus(await send('GET', `/v2/a/b/manifests/${absent.digest}`), 404);
    const gone = partOf('gone');
    await assert.rejects(publish('a/b', [{ descriptor: { ...descriptor, digest: gone.digest as Digest } }]));
  });
});
