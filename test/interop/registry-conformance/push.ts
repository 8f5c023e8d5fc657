import assert from 'node:assert/strict';
import { freshBlob, freshConfig, imageOf, indexOf, partOf, types } from './material.ts';
import { type Case, codesOf, expectStatus, withQuery } from './world.ts';

const nobody = partOf('what nobody pushed');
const chunk = (location: string, bytes: Buffer, range: string) =>
  [
    'PATCH',
    location,
    { headers: { 'content-range': range, 'content-type': 'application/octet-stream' }, body: bytes },
  ] as const;

/** distribution-spec "Push". */
export const pushBlobCases: readonly Case[] = [
  {
    title: 'POST and PUT push a blob, and say where it is',
    async run({ send, name, begin }) {
      const blob = freshBlob();
      const answer = expectStatus(
        await send('PUT', withQuery(await begin(), `digest=${blob.digest}`), { body: blob.bytes }),
        201,
      );
      const { location = '' } = answer.headers;
      assert.deepEqual(expectStatus(await send('GET', location), 200).body, blob.bytes);
      assert.ok(location.endsWith(`/v2/${name}/blobs/${blob.digest}`));
    },
  },
  {
    title: 'one POST pushes a blob, or begins an upload that a PUT ends',
    async run({ send, name }) {
      const blob = freshBlob();
      const headers = { 'content-type': 'application/octet-stream' };
      const posted = expectStatus(
        await send('POST', `/v2/${name}/blobs/uploads/?digest=${blob.digest}`, { headers, body: blob.bytes }),
        201,
        202,
      );
      if (posted.status === 202)
        expectStatus(
          await send('PUT', withQuery(posted.headers.location!, `digest=${blob.digest}`), {
            headers,
            body: blob.bytes,
          }),
          201,
        );
      expectStatus(await send('HEAD', `/v2/${name}/blobs/${blob.digest}`), 200);
    },
  },
  {
    title: 'an empty blob can be pushed',
    async run({ send, name, begin }) {
      const empty = partOf('');
      expectStatus(
        await send('PUT', withQuery(await begin(), `digest=${empty.digest}`), {
          headers: { 'content-length': 0 },
        }),
        201,
      );
      expectStatus(await send('HEAD', `/v2/${name}/blobs/${empty.digest}`), 200);
    },
  },
  {
    title: 'bytes that do not have the digest are refused, and are not there',
    async run({ send, name, begin }) {
      const [blob, other] = [freshBlob(), freshBlob()];
      const answer = expectStatus(
        await send('PUT', withQuery(await begin(), `digest=${other.digest}`), { body: blob.bytes }),
        400,
      );
      assert.deepEqual(codesOf(answer), ['DIGEST_INVALID']);
      for (const { digest } of [blob, other])
        expectStatus(await send('HEAD', `/v2/${name}/blobs/${digest}`), 404);
    },
  },
  {
    title: 'chunks in order make a blob; the last may come with PUT, and the state is told in between',
    async run({ send, begin, name }) {
      const blob = freshBlob(3_000);
      const first = expectStatus(
        await send(...chunk(await begin(), blob.bytes.subarray(0, 1_000), '0-999')),
        202,
      );
      assert.equal(first.headers.range, '0-999');
      const second = expectStatus(
        await send(...chunk(first.headers.location!, blob.bytes.subarray(1_000, 2_000), '1000-1999')),
        202,
      );
      const state = expectStatus(await send('GET', second.headers.location!), 204);
      assert.equal(state.headers.range, '0-1999');
      const target = withQuery(state.headers.location!, `digest=${blob.digest}`);
      expectStatus(
        await send('PUT', target, {
          headers: { 'content-range': '2000-2999', 'content-type': 'application/octet-stream' },
          body: blob.bytes.subarray(2_000),
        }),
        201,
      );
      assert.deepEqual((await send('GET', `/v2/${name}/blobs/${blob.digest}`)).body, blob.bytes);
    },
  },
  {
    title: 'a chunk out of order is 416, and the upload goes on where it was',
    notInDocker: 'it does not look at Content-Range',
    async run({ send, begin }) {
      const blob = freshBlob(2_000);
      const location = await begin();
      expectStatus(await send(...chunk(location, blob.bytes.subarray(1_000), '1000-1999')), 416);
      const first = expectStatus(await send(...chunk(location, blob.bytes.subarray(0, 1_000), '0-999')), 202);
      expectStatus(
        await send(...chunk(first.headers.location!, blob.bytes.subarray(0, 1_000), '0-999')),
        416,
      );
      const second = expectStatus(
        await send(...chunk(first.headers.location!, blob.bytes.subarray(1_000), '1000-1999')),
        202,
      );
      expectStatus(
        await send('PUT', withQuery(second.headers.location!, `digest=${blob.digest}`), {
          headers: { 'content-length': 0 },
        }),
        201,
      );
    },
  },
  {
    title: 'an upload that was given up is gone',
    async run({ send, begin }) {
      const location = await begin();
      expectStatus(await send('DELETE', location), 204);
      const answer = expectStatus(await send('GET', location), 404);
      assert.deepEqual(codesOf(answer), ['BLOB_UPLOAD_UNKNOWN']);
    },
  },
  {
    title: 'a blob is mounted from another repository without its bytes',
    async run({ send, pushBlob, freshName }) {
      const [from, to] = [freshName(), freshName()];
      const blob = freshBlob();
      await pushBlob(blob, from);
      expectStatus(await send('POST', `/v2/${to}/blobs/uploads/?mount=${blob.digest}&from=${from}`), 201);
      assert.deepEqual(
        expectStatus(await send('GET', `/v2/${to}/blobs/${blob.digest}`), 200).body,
        blob.bytes,
      );
    },
  },
  {
    title: 'a mount without a source mounts or begins an upload, one from nowhere begins one',
    async run({ send, pushBlob, name, freshName }) {
      const blob = freshBlob();
      await pushBlob(blob, freshName());
      expectStatus(await send('POST', `/v2/${name}/blobs/uploads/?mount=${blob.digest}`), 201, 202);
      const answer = expectStatus(
        await send('POST', `/v2/${name}/blobs/uploads/?mount=${nobody.digest}&from=${freshName()}`),
        202,
      );
      assert.ok(answer.headers.location);
    },
  },
  {
    title: 'a blob can have a sha512 digest',
    async run({ send, pushBlob, name }) {
      const blob = partOf(freshBlob().bytes, types.layer, 'sha512');
      await pushBlob(blob);
      assert.deepEqual(
        expectStatus(await send('GET', `/v2/${name}/blobs/${blob.digest}`), 200).body,
        blob.bytes,
      );
    },
  },
];

/** distribution-spec "Pushing Manifests". */
export const pushManifestCases: readonly Case[] = [
  ...(
    [
      ['OCI', types.manifest, types.index, types.config, types.layer],
      ['Docker', types.dockerManifest, types.dockerList, types.dockerConfig, types.dockerLayer],
    ] as const
  ).map(
    ([family, mediaType, listType, configType, layerType]): Case => ({
      title: `an image and a list of the ${family} family are kept byte for byte`,
      async run({ send, name, pushBlob, putManifest }) {
        const config = freshConfig(configType);
        const layer = { ...freshBlob(), mediaType: layerType };
        await pushBlob(config);
        await pushBlob(layer);
        const image = imageOf(config, [layer], { mediaType });
        const list = indexOf([image], { mediaType: listType });
        const pushed = expectStatus(await putManifest(image), 201);
        assert.equal(pushed.headers['docker-content-digest'], image.digest);
        assert.ok(pushed.headers.location);
        expectStatus(await putManifest(list, 'list'), 201);
        const answer = expectStatus(
          await send('GET', `/v2/${name}/manifests/list`, { headers: { accept: listType } }),
          200,
        );
        assert.deepEqual(answer.body, list.bytes);
        assert.equal(answer.headers['content-type'], listType);
      },
    }),
  ),
  {
    title: 'an index within an index is kept',
    async run({ pushImage, putManifest, send, name }) {
      const inner = indexOf([await pushImage()]);
      expectStatus(await putManifest(inner), 201);
      const outer = indexOf([inner]);
      expectStatus(await putManifest(outer, 'nested'), 201);
      const answer = await send('GET', `/v2/${name}/manifests/nested`, { headers: { accept: types.index } });
      assert.deepEqual(answer.body, outer.bytes);
    },
  },
  {
    title: 'a manifest whose parts are not there is refused',
    async run({ putManifest, pushBlob }) {
      const config = freshConfig();
      await pushBlob(config);
      for (const manifest of [
        imageOf(config, [nobody]),
        imageOf(nobody, []),
        indexOf([imageOf(config, [])]),
      ]) {
        const answer = expectStatus(await putManifest(manifest, 'v1'), 400, 404);
        assert.ok(codesOf(answer).includes('MANIFEST_BLOB_UNKNOWN'), answer.body.toString());
      }
    },
  },
  {
    title: 'what is no manifest, and what does not have its digest, is refused',
    async run({ putManifest, pushImage }) {
      const image = await pushImage();
      const broken = partOf('{"schemaVersion":2', types.manifest);
      assert.deepEqual(codesOf(expectStatus(await putManifest(broken, 'v1'), 400)), ['MANIFEST_INVALID']);
      assert.deepEqual(codesOf(expectStatus(await putManifest(image, nobody.digest), 400)), [
        'DIGEST_INVALID',
      ]);
    },
  },
  {
    title: 'a manifest with a sha512 digest is found by it',
    notInDocker: 'it keeps manifests under sha256 alone',
    async run({ send, name, pushImage, putManifest }) {
      const image = await pushImage();
      const long = partOf(image.bytes, image.mediaType, 'sha512');
      expectStatus(await putManifest(long), 201);
      assert.deepEqual(
        expectStatus(await send('GET', `/v2/${name}/manifests/${long.digest}`), 200).body,
        image.bytes,
      );
    },
  },
  {
    title: 'a manifest with a subject is told of it, also where the subject is not there',
    notInDocker: 'it does not know subjects',
    async run({ pushBlob, putManifest }) {
      const config = freshConfig(types.empty);
      await pushBlob(config);
      const subject = { mediaType: types.manifest, digest: nobody.digest, size: 3 };
      const answer = expectStatus(await putManifest(imageOf(config, [], { subject })), 201);
      assert.equal(answer.headers['oci-subject'], nobody.digest);
    },
  },
];
