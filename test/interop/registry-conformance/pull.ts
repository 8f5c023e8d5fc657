import assert from 'node:assert/strict';
import { freshBlob, imageOf, partOf } from './material.ts';
import { type Case, codesOf, expectStatus, type World } from './world.ts';

const nobody = `sha256:${'0'.repeat(64)}`;

async function rangeOf(world: World, range: string) {
  const blob = freshBlob(1_000);
  await world.pushBlob(blob);
  const answer = await world.send('GET', `/v2/${world.name}/blobs/${blob.digest}`, { headers: { range } });
  return { blob, answer };
}

/** distribution-spec "Pull". */
export const pullCases: readonly Case[] = [
  {
    title: '/v2/ says that this is a registry',
    run: async ({ send }) => void expectStatus(await send('GET', '/v2/'), 200),
  },
  {
    title: 'a manifest comes back byte for byte, by tag and by digest, with its type and digest',
    async run({ send, name, pushImage }) {
      const image = await pushImage('v1');
      for (const reference of ['v1', image.digest]) {
        const answer = expectStatus(
          await send('GET', `/v2/${name}/manifests/${reference}`, { headers: { accept: image.mediaType } }),
          200,
        );
        assert.deepEqual(answer.body, image.bytes);
        assert.equal(answer.headers['content-type'], image.mediaType);
        assert.equal(answer.headers['docker-content-digest'], image.digest);
      }
    },
  },
  {
    title: 'HEAD of a manifest tells what GET would, without the bytes',
    async run({ send, name, pushImage }) {
      const image = await pushImage('v1');
      const answer = expectStatus(
        await send('HEAD', `/v2/${name}/manifests/v1`, { headers: { accept: image.mediaType } }),
        200,
      );
      assert.equal(answer.body.length, 0);
      assert.equal(answer.headers['content-length'], String(image.bytes.length));
      assert.equal(answer.headers['docker-content-digest'], image.digest);
    },
  },
  {
    title: 'a manifest that is not there is 404, and the body says so with a code',
    async run({ send, name, pushImage }) {
      await pushImage('v1');
      for (const reference of ['other', nobody]) {
        const answer = expectStatus(await send('GET', `/v2/${name}/manifests/${reference}`), 404);
        assert.deepEqual(codesOf(answer), ['MANIFEST_UNKNOWN']);
        expectStatus(await send('HEAD', `/v2/${name}/manifests/${reference}`), 404);
      }
    },
  },
  {
    title: 'a blob comes back whole, HEAD tells its length',
    async run({ send, name, pushBlob }) {
      const blob = freshBlob(70_000);
      await pushBlob(blob);
      const target = `/v2/${name}/blobs/${blob.digest}`;
      assert.deepEqual(expectStatus(await send('GET', target), 200).body, blob.bytes);
      const head = expectStatus(await send('HEAD', target), 200);
      assert.equal(head.headers['content-length'], '70000');
      assert.equal(head.headers['docker-content-digest'], blob.digest);
    },
  },
  {
    title: 'a blob that is not there is 404 with its code',
    async run({ send, name, pushBlob }) {
      await pushBlob(freshBlob());
      assert.deepEqual(codesOf(expectStatus(await send('GET', `/v2/${name}/blobs/${nobody}`), 404)), [
        'BLOB_UNKNOWN',
      ]);
      expectStatus(await send('HEAD', `/v2/${name}/blobs/${nobody}`), 404);
    },
  },
  {
    title: 'a range with both ends, an open one and a suffix are 206 with their bytes',
    async run(world) {
      for (const [range, start, end] of [
        ['bytes=10-19', 10, 20],
        ['bytes=990-', 990, 1_000],
        ['bytes=-5', 995, 1_000],
        ['bytes=900-5000', 900, 1_000],
      ] as const) {
        const { blob, answer } = await rangeOf(world, range);
        expectStatus(answer, 206);
        assert.deepEqual(answer.body, blob.bytes.subarray(start, end));
        assert.equal(answer.headers['content-range'], `bytes ${start}-${end - 1}/1000`);
      }
    },
  },
  {
    title: 'a range beyond the end is 416',
    notInDocker: 'it answers 416, but breaks the connection off in its body',
    run: async (world) => void expectStatus((await rangeOf(world, 'bytes=1000-1010')).answer, 416),
  },
  {
    title: 'an empty blob can be pulled',
    async run({ send, name, pushBlob }) {
      const empty = partOf('');
      await pushBlob(empty);
      const answer = expectStatus(await send('GET', `/v2/${name}/blobs/${empty.digest}`), 200);
      assert.equal(answer.headers['content-length'], '0');
    },
  },
  {
    title: 'what one repository holds is not there in another',
    async run({ send, freshName, pushBlob, pushImage }) {
      const [one, other] = [freshName(), freshName()];
      const blob = freshBlob();
      await pushBlob(blob, one);
      await pushImage('v1', {}, other);
      expectStatus(await send('GET', `/v2/${other}/blobs/${blob.digest}`), 404);
    },
  },
  {
    title: 'a manifest without a media type field is kept under the type that it was pushed with',
    async run({ send, name, pushBlob, putManifest }) {
      const config = partOf(`{"x":"${Math.random()}"}`, 'application/vnd.oci.image.config.v1+json');
      await pushBlob(config);
      const { bytes, mediaType } = imageOf(config, []);
      const value = JSON.parse(bytes.toString());
      delete value.mediaType;
      const image = partOf(JSON.stringify(value), mediaType);
      expectStatus(await putManifest(image, 'untyped'), 201);
      const answer = expectStatus(
        await send('GET', `/v2/${name}/manifests/untyped`, { headers: { accept: mediaType } }),
        200,
      );
      assert.equal(answer.headers['content-type'], mediaType);
    },
  },
];
