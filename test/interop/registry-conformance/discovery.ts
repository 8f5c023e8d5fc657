import assert from 'node:assert/strict';
import { descriptorOf, freshConfig, imageOf, indexOf, types } from './material.ts';
import { type Case, codesOf, expectStatus } from './world.ts';

const noReferrers = 'it does not know referrers';
const json = (body: Buffer) => JSON.parse(body.toString());

/** distribution-spec "Content Discovery". */
export const discoveryCases: readonly Case[] = [
  {
    title: 'image tags are listed in order',
    notInDocker: 'its version 2.8 lists them in the order of its folders',
    async run({ send, name, pushImage, putManifest }) {
      const image = await pushImage('b');
      for (const tag of ['a', 'c', 'a1']) await putManifest(image, tag);
      const answer = expectStatus(await send('GET', `/v2/${name}/tags/list`), 200);
      assert.deepEqual(json(answer.body), { name, tags: ['a', 'a1', 'b', 'c'] });
    },
  },
  {
    title: 'the list of image tags comes in pages, each with a link to the next',
    notInDocker: 'its version 2.8 gives all image tags at once',
    async run({ send, name, pushImage, putManifest }) {
      const image = await pushImage('b');
      for (const tag of ['a', 'c', 'd', 'e']) await putManifest(image, tag);
      const found: string[] = [];
      let target: string | undefined = `/v2/${name}/tags/list?n=2`;
      for (let pages = 0; target !== undefined && pages < 5; pages++) {
        const answer = expectStatus(await send('GET', target), 200);
        const { tags } = json(answer.body);
        assert.ok(tags.length <= 2);
        found.push(...tags);
        target = /<([^>]+)>; *rel="next"/.exec(answer.headers.link ?? '')?.[1];
      }
      assert.deepEqual(found, ['a', 'b', 'c', 'd', 'e']);
      const last = await send('GET', `/v2/${name}/tags/list?n=2&last=c`);
      assert.deepEqual(json(last.body).tags, ['d', 'e']);
      assert.equal(last.headers.link, undefined);
      assert.deepEqual(json((await send('GET', `/v2/${name}/tags/list?n=0`)).body).tags, []);
    },
  },
  {
    title: 'the image tags of a repository that does not exist are 404',
    async run({ send, freshName }) {
      const answer = expectStatus(await send('GET', `/v2/${freshName()}/tags/list`), 404);
      assert.deepEqual(codesOf(answer), ['NAME_UNKNOWN']);
    },
  },
  {
    title: 'the catalog lists repositories in pages',
    async run({ send, freshName, pushImage }) {
      const names = [freshName(), freshName()];
      for (const name of names) await pushImage('v1', {}, name);
      const found: string[] = [];
      let target: string | undefined = '/v2/_catalog?n=7';
      while (target !== undefined) {
        const answer = expectStatus(await send('GET', target), 200);
        found.push(...json(answer.body).repositories);
        target = /<([^>]+)>; *rel="next"/.exec(answer.headers.link ?? '')?.[1];
      }
      for (const name of names) assert.equal(found.filter((it) => it === name).length, 1);
    },
  },
  {
    title: 'referrers are listed with type and annotations, and filtered by type',
    notInDocker: noReferrers,
    async run({ send, name, pushImage, pushBlob, putManifest }) {
      const image = await pushImage('v1');
      const config = freshConfig(types.empty);
      await pushBlob(config);
      const subject = descriptorOf(image);
      const byConfig = imageOf(config, [], { subject });
      const sbom = imageOf(config, [], {
        subject,
        artifactType: 'application/x.sbom',
        annotations: { 'org.a': 'b' },
      });
      const index = indexOf([image], { subject, artifactType: 'application/x.list' });
      for (const manifest of [byConfig, sbom, index]) expectStatus(await putManifest(manifest), 201);
      const answer = expectStatus(await send('GET', `/v2/${name}/referrers/${image.digest}`), 200);
      assert.equal(answer.headers['content-type'], types.index);
      const { schemaVersion, mediaType, manifests } = json(answer.body);
      assert.deepEqual([schemaVersion, mediaType], [2, types.index]);
      assert.equal(manifests.length, 3);
      const shown = (digest: string) => manifests.find((it: { digest: string }) => it.digest === digest);
      assert.equal(shown(byConfig.digest).artifactType, types.empty);
      assert.equal(shown(index.digest).artifactType, 'application/x.list');
      assert.deepEqual(shown(sbom.digest), {
        ...descriptorOf(sbom),
        artifactType: 'application/x.sbom',
        annotations: { 'org.a': 'b' },
      });
      const filtered = await send(
        'GET',
        `/v2/${name}/referrers/${image.digest}?artifactType=application/x.sbom`,
      );
      assert.equal(filtered.headers['oci-filters-applied'], 'artifactType');
      assert.deepEqual(
        json(filtered.body).manifests.map((it: { digest: string }) => it.digest),
        [sbom.digest],
      );
    },
  },
  {
    title: 'the referrers of a subject that is not there are told, those of an unknown digest are none',
    notInDocker: noReferrers,
    async run({ send, name, pushBlob, putManifest }) {
      const config = freshConfig(types.empty);
      await pushBlob(config);
      const digest = `sha256:${'1'.repeat(64)}`;
      const referrer = imageOf(config, [], { subject: { mediaType: types.manifest, digest, size: 1 } });
      await putManifest(referrer);
      const found = async (subject: string) =>
        json(expectStatus(await send('GET', `/v2/${name}/referrers/${subject}`), 200).body).manifests;
      assert.equal((await found(digest))[0].digest, referrer.digest);
      assert.deepEqual(await found(`sha256:${'2'.repeat(64)}`), []);
      expectStatus(await send('GET', `/v2/${name}/referrers/sha256:nothing`), 400);
    },
  },
];
