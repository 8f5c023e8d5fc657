import { freshBlob, freshConfig, imageOf, types } from './material.ts';
import { type Case, expectStatus } from './world.ts';

/** distribution-spec "Content Management". */
export const managementCases: readonly Case[] = [
  {
    title: 'an image tag can be deleted; the manifest stays',
    notInDocker: 'its version 2.8 deletes manifests by their digest alone',
    async run({ send, name, pushImage }) {
      const image = await pushImage('v1');
      expectStatus(await send('DELETE', `/v2/${name}/manifests/v1`), 202);
      expectStatus(await send('GET', `/v2/${name}/manifests/v1`), 404);
      expectStatus(await send('GET', `/v2/${name}/manifests/${image.digest}`), 200);
    },
  },
  {
    title: 'a manifest can be deleted, and its image tags with it',
    async run({ send, name, pushImage }) {
      const image = await pushImage('v1');
      expectStatus(await send('DELETE', `/v2/${name}/manifests/${image.digest}`), 202);
      expectStatus(await send('GET', `/v2/${name}/manifests/v1`), 404);
      expectStatus(await send('GET', `/v2/${name}/manifests/${image.digest}`), 404);
      expectStatus(await send('DELETE', `/v2/${name}/manifests/${image.digest}`), 404);
    },
  },
  {
    title: 'a blob can be deleted, in this repository alone',
    async run({ send, name, freshName, pushBlob }) {
      const blob = freshBlob();
      const other = freshName();
      await pushBlob(blob);
      await pushBlob(blob, other);
      expectStatus(await send('DELETE', `/v2/${name}/blobs/${blob.digest}`), 202);
      expectStatus(await send('HEAD', `/v2/${name}/blobs/${blob.digest}`), 404);
      expectStatus(await send('DELETE', `/v2/${name}/blobs/${blob.digest}`), 404);
      expectStatus(await send('HEAD', `/v2/${other}/blobs/${blob.digest}`), 200);
    },
  },
  {
    title: 'a referrer that was deleted is listed no more',
    notInDocker: 'it does not know referrers',
    async run({ send, name, pushBlob, putManifest }) {
      const config = freshConfig(types.empty);
      await pushBlob(config);
      const digest = `sha256:${'3'.repeat(64)}`;
      const referrer = imageOf(config, [], { subject: { mediaType: types.manifest, digest, size: 1 } });
      await putManifest(referrer);
      expectStatus(await send('DELETE', `/v2/${name}/manifests/${referrer.digest}`), 202);
      const { body } = await send('GET', `/v2/${name}/referrers/${digest}`);
      if (JSON.parse(body.toString()).manifests.length > 0) throw new Error(body.toString());
    },
  },
];
