import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { digestOf, hasCode } from '../../kernel/index.ts';
import { type FakeRegistry, startFakeRegistry } from '../testing/fake-registry.ts';
import { createPlainTransport } from '../testing/plain-transport.ts';
import type { ImageTarget } from '../types.ts';
import { createRegistry } from './create-registry.ts';

const bytes = Buffer.alloc(200_000, 'blob');
const blob = { mediaType: 'application/octet-stream', digest: digestOf(bytes), size: bytes.length };

describe('a registry as a target', () => {
  const transport = createPlainTransport();
  let fake: FakeRegistry;
  let target: ImageTarget;
  const opens: number[] = [];
  const open = async (start: number) => {
    opens.push(start);
    return (async function* () {
      for (let at = start; at < bytes.length; at += 64_000) yield bytes.subarray(at, at + 64_000);
    })();
  };

  before(async () => {
    fake = await startFakeRegistry();
  });
  after(async () => {
    transport.close();
    await fake.close();
  });
  beforeEach(() => {
    fake.intercept = undefined;
    fake.requests.length = 0;
    opens.length = 0;
    for (const each of [fake.blobs, fake.manifests, fake.tags]) each.clear();
    const registry = createRegistry({ transport, plainHttp: true, attempts: 3, pauseMs: 1, stallMs: 2_000 });
    target = registry.target({ host: fake.host, repository: 'x/y' });
  });

  test('putBlob() sends all bytes in one request after one that begins, and keeps the state in its Location', async () => {
    assert.equal(await target.takes(blob), false);
    await target.putBlob(blob, open);
    assert.deepEqual(fake.blobs.get(blob.digest), bytes);
    assert.deepEqual(fake.requests, [
      `HEAD /v2/x/y/blobs/${blob.digest}`,
      'POST /v2/x/y/blobs/uploads/',
      `PUT /v2/x/y/uploads/1?state=a%2Bb&digest=${encodeURIComponent(blob.digest)}`,
    ]);
    assert.equal(await target.takes(blob), true);
  });

  test('putBlob() goes on with the upload that began where a blob could not be mounted', async () => {
    assert.equal(await target.takes(blob, { repository: `${fake.host}/a/b` }), false);
    await target.putBlob(blob, open);
    assert.deepEqual(
      fake.requests.map((request) => request.split(/[ ?]/)[0]),
      ['POST', 'HEAD', 'PUT'],
    );
    fake.requests.length = 0;
    assert.equal(await target.takes(blob, { repository: `${fake.host}/a/b` }), true);
    assert.deepEqual(fake.requests, [
      `POST /v2/x/y/blobs/uploads/?mount=${encodeURIComponent(blob.digest)}&from=a%2Fb`,
    ]);
  });

  test('putBlob() begins anew where the registry breaks off', async () => {
    let breaks = 0;
    fake.intercept = (request, response) => {
      if (request.method !== 'PUT' || breaks++ > 0) return false;
      response.destroy();
      return true;
    };
    await target.putBlob(blob, open);
    assert.deepEqual(opens, [0, 0]);
    assert.deepEqual(fake.blobs.get(blob.digest), bytes);
  });

  test('putBlob() does not try again where the source broke, nor lets wrong bytes become a blob', async () => {
    const broken = new Error('the source broke');
    const breaking = async () =>
      (async function* () {
        yield bytes.subarray(0, 10);
        throw broken;
      })();
    await assert.rejects(target.putBlob(blob, breaking), (error) => error === broken);
    const other = { ...blob, digest: digestOf('other') };
    for (const wrong of [other, { ...blob, size: 10 }, { ...blob, size: bytes.length + 1 }])
      await assert.rejects(target.putBlob(wrong, open), (error) => hasCode(error, 'images.wrongBytes'));
    assert.equal(fake.blobs.size, 0);
  });

  test('putManifest() writes nothing where the image tag stands for it already', async () => {
    const image = fake.addImage(['x']);
    const manifest = fake.manifests.get(image.digest)!.bytes;
    await target.putManifest(image, manifest, 'v1');
    assert.equal(fake.tags.get('v1'), image.digest);
    fake.requests.length = 0;
    await target.putManifest(image, manifest, 'v1');
    assert.deepEqual(fake.requests, ['HEAD /v2/x/y/manifests/v1']);
    assert.equal(await target.tagged?.('none'), undefined);
  });

  test('putManifest() keeps referrers under the fallback tag, all that come at the same time', async () => {
    const subject = fake.addImage(['x']);
    const config = fake.addBlob('{}');
    const made = ['one', 'two', 'three'].map((text) =>
      fake.addManifest({ config, layers: [fake.addBlob(text)], subject, artifactType: 'application/test' }),
    );
    const put = () =>
      Promise.all(made.map((each) => target.putManifest(each, fake.manifests.get(each.digest)!.bytes)));
    await put();
    await put();
    const tag = fake.tags.get(subject.digest.replace(':', '-'));
    const index = JSON.parse(Buffer.from(fake.manifests.get(tag!)!.bytes).toString());
    assert.deepEqual(
      index.manifests.map(({ digest }: { digest: string }) => digest).sort(),
      made.map(({ digest }) => digest).sort(),
    );
    assert.equal(index.manifests[0].artifactType, 'application/test');
  });
});
