import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOf } from '../kernel/index.ts';
import { createContract } from './testing/contract.ts';
import { createHarness } from './testing/harness.ts';
import { storeImage, storeImageSnapshot, storeList, type TestLayer } from './testing/stored-images.ts';
import { newSnapshot } from './testing/stored-snapshot.ts';

const base: TestLayer = { name: 'base', size: 1_000_000, createdBy: 'FROM scratch' };
const linux = { os: 'linux', architecture: 'amd64' };
const repository = 'quay.io/openshift-release-dev/ocp-release';
const contents = 'GET /api/snapshots/{id}/contents';

async function withImage() {
  const harness = await createHarness();
  const { call } = await createContract(harness);
  const list = await storeList(harness.store, [
    { platform: linux, layers: [base, { name: 'a', size: 10 }], labels: { maintainer: '甲' } },
    { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' }, layers: [base] },
  ]);
  const digest = await storeImageSnapshot(harness.store, { kind: 'image', title: 'a/b:1' }, [
    { descriptor: list, repository: 'quay.io/a/b', imageTag: '1' },
    { descriptor: list, repository: 'quay.io/a/b', imageTag: 'latest' },
  ]);
  const [added] = await harness.links.add([{ url: 'docker://quay.io/a/b:1' }]);
  const record = newSnapshot(added!.link.id, digest, { kind: 'image', formats: [] });
  const { id } = await harness.links.recordSnapshot(record);
  return { harness, call, id, list };
}

test('the contents of an image are its root with all its image tags, and each platform without layers', async () => {
  const { call, id, list } = await withImage();
  const { body, text } = await call(contents, { id }, 200);
  assert.deepEqual([body.kind, body.file, body.image, body.omitted], ['image', null, null, 0]);
  const [root, ...others] = body.roots;
  assert.equal(others.length, 0);
  assert.deepEqual([root.role, root.imageTags, root.digest], ['image', ['1', 'latest'], list.digest]);
  assert.deepEqual(
    root.platforms.map((each: Record<string, unknown>) => [each.platform, each.layers, each.held]),
    [
      ['linux/amd64', 2, true],
      ['linux/arm64/v8', 1, true],
    ],
  );
  assert.equal(root.platforms[0].created, '2020-08-29T03:21:07.512Z');
  assert.equal(text.includes(digestOf('base')), false, 'layers are told in the detail alone');
  assert.equal(body.totalBytes, body.uniqueBytes);
  assert.ok(body.uniqueBytes > 1_000_010 && body.uniqueBytes < 1_010_000, 'the shared layer counts once');
});

test('a digest gives one image with its layers, who shares them, and what its config says', async () => {
  const { call, id } = await withImage();
  const all = await call(contents, { id }, 200);
  const digest = all.body.roots[0].platforms[0].digest;
  const { body } = await call(contents, { id }, 200, { query: `?digest=${digest}` });
  assert.deepEqual([body.image.digest, body.image.labels], [digest, { maintainer: '甲' }]);
  assert.deepEqual(
    body.image.layers.map((each: Record<string, unknown>) => [each.digest, each.sizeBytes, each.uses]),
    [
      [digestOf('base'), 1_000_000, 2],
      [digestOf('a'), 10, 1],
    ],
  );
  assert.equal(body.image.layers[0].createdBy, 'FROM scratch');
  const other = await call(contents, { id }, 404, { query: `?digest=${digestOf('other')}` });
  assert.equal(other.body.code, 'http.notInside');
  await call(contents, { id }, 422, { query: '?digest=latest' });
});

test('a release of a hundred components answers in small, each by the name that the release gives it', async () => {
  const harness = await createHarness();
  const { call } = await createContract(harness);
  const release = await storeImage(harness.store, { platform: linux, layers: [base] });
  const roots = [];
  for (let at = 0; at < 110; at++)
    roots.push({
      descriptor: await storeImage(harness.store, {
        platform: linux,
        layers: [base, { name: `layer ${at}`, size: 100 + at }],
      }),
      repository: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev',
      imageTag: `4.5.9-component-${at}`,
    });
  const digest = await storeImageSnapshot(harness.store, { kind: 'release', title: 'OpenShift 4.5.9' }, [
    { descriptor: release, repository, imageTag: '4.5.9-x86_64', role: 'release' },
    { descriptor: release, repository, imageTag: '4.5.9', role: 'release' },
    ...roots,
  ]);
  const [added] = await harness.links.add([{ url: `docker://${repository}:4.5.9-x86_64` }]);
  const { id } = await harness.links.recordSnapshot(
    newSnapshot(added!.link.id, digest, { kind: 'release', formats: [] }),
  );
  const { body, text } = await call(contents, { id }, 200);
  assert.equal(body.roots.length, 111);
  assert.deepEqual([body.roots[0].role, body.roots[0].component], ['release', '']);
  assert.deepEqual([body.roots[8].role, body.roots[8].component], ['component', 'component-7']);
  assert.ok(text.length < 100_000, `${text.length} characters`);
  assert.ok(body.totalBytes > 111_000_000 && body.uniqueBytes < 2_000_000);
});

test('a platform that was not mirrored is told as one', async () => {
  const { harness, call, id, list } = await withImage();
  const index = JSON.parse(Buffer.from(await harness.store.bytes(list.digest)).toString());
  await harness.store.delete(index.manifests[1].digest);
  const { body } = await call(contents, { id }, 200);
  assert.deepEqual(
    body.roots[0].platforms.map((each: Record<string, unknown>) => [each.platform, each.held]),
    [
      ['linux/amd64', true],
      ['linux/arm64/v8', false],
    ],
  );
});

test('the contents of a file are the file; a page has none', async () => {
  const harness = await createHarness();
  const { call } = await createContract(harness);
  const parts = [{ role: 'file', mediaType: 'application/pdf', bytes: '%PDF' }] as const;
  const file = await harness.keep('https://example.org/a.pdf', parts, { kind: 'file', formats: ['file'] });
  const { body } = await call(contents, { id: file.snapshot.id }, 200);
  assert.deepEqual(
    [body.kind, body.file.mediaType, body.file.sizeBytes, body.file.digest],
    ['file', 'application/pdf', 4, digestOf('%PDF')],
  );
  const page = await harness.keep('https://example.org/', [
    { role: 'html', mediaType: 'text/html', bytes: '' },
  ]);
  const refused = await call(contents, { id: page.snapshot.id }, 404);
  assert.equal(refused.body.code, 'http.noContents');
  await call(contents, { id: 'unknown' }, 404);
});
