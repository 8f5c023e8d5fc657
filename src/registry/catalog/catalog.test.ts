import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { countQueries, forEachDatabase } from '../../../test/support/databases.ts';
import { type Digest, digestOf, hasCode } from '../../kernel/index.ts';
import { createQuotas } from '../access/quotas.ts';
import { registryMigrations } from '../migrations.ts';
import type { HeldBlob, NewManifest } from '../types.ts';
import { createCatalog } from './catalog.ts';

const blob = (text: string, sizeBytes = 10): HeldBlob => ({ digest: digestOf(text), sizeBytes });
const part = ({ digest, sizeBytes }: HeldBlob) => ({ digest, size: sizeBytes, mediaType: 'text/plain' });

function manifest(name: string, fields: Partial<NewManifest> = {}): NewManifest {
  return {
    digest: digestOf(name),
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    sizeBytes: 100,
    artifactType: undefined,
    subject: undefined,
    annotations: {},
    blobs: [],
    children: [],
    ...fields,
  };
}
const childOf = ({ digest, sizeBytes, mediaType }: NewManifest) => ({ digest, size: sizeBytes, mediaType });

forEachDatabase((_, open) => {
  describe('createCatalog()', () => {
    const make = async () => {
      const db = await open(registryMigrations);
      let now = 1_000;
      const catalog = createCatalog({ db, clock: { now: () => now } });
      const at = (time: number) => {
        now = time;
      };
      const held = async () =>
        (await Array.fromAsync(catalog.heldManifests())).map((it) => it.descriptor.digest).toSorted();
      return { db, catalog, at, held };
    };

    test('a blob is visible where it was pushed and nowhere else', async () => {
      const { catalog } = await make();
      await catalog.addBlob('a', blob('x'));
      assert.deepEqual(await catalog.findBlob('a', digestOf('x')), { ...blob('x'), touchedAt: 1_000 });
      assert.equal(await catalog.findBlob('b', digestOf('x')), undefined);
      assert.deepEqual(await catalog.repositoriesWithBlob(digestOf('x'), 5), ['a']);
    });

    test('putManifest() wants every part in the repository, with the size that it has', async () => {
      const { catalog } = await make();
      const image = manifest('m', { blobs: [part(blob('x'))] });
      const index = manifest('i', { children: [childOf(image)] });
      const missing = (error: unknown) => hasCode(error, 'registry.missingPart');
      await catalog.addBlob('other', blob('x'));
      await assert.rejects(catalog.putManifest('a', image, 't'), missing);
      await assert.rejects(catalog.putManifest('a', index, 't'), missing);
      assert.equal(await catalog.hasRepository('a'), false);
      await catalog.addBlob('a', blob('x', 11));
      await assert.rejects(catalog.putManifest('a', image, 't'), (e) => hasCode(e, 'registry.badManifest'));
      await catalog.addBlob('b', blob('x'));
      await catalog.putManifest('b', image, undefined);
      await catalog.putManifest('b', index, 't');
      assert.equal((await catalog.findManifest('b', 't'))?.digest, index.digest);
      assert.equal((await catalog.findManifest('b', image.digest))?.sizeBytes, 100);
      assert.equal(await catalog.findManifest('a', image.digest), undefined);
    });

    test('an image tag moves; its list and the list of repositories go on where they ended', async () => {
      const { catalog } = await make();
      for (const repository of ['b', 'a', 'a-b', 'a/b'])
        await catalog.putManifest(repository, manifest('m'), 'x');
      for (const tag of ['b', 'B', 'a.1', '_']) await catalog.putManifest('a', manifest('m'), tag);
      await catalog.putManifest('a', manifest('n'), 'x');
      assert.equal((await catalog.findManifest('a', 'x'))?.digest, digestOf('n'));
      const tags = async (page: { after?: string; limit: number }) =>
        (await catalog.listTags('a', page)).map((it) => it.tag);
      assert.deepEqual(await tags({ limit: 10 }), ['B', '_', 'a.1', 'b', 'x']);
      assert.deepEqual(await tags({ after: '_', limit: 2 }), ['a.1', 'b']);
      assert.deepEqual(await catalog.listRepositories({ limit: 10 }), ['a', 'a-b', 'a/b', 'b']);
      assert.deepEqual(await catalog.listRepositories({ after: 'a', limit: 2 }), ['a-b', 'a/b']);
      assert.equal(await catalog.deleteTag('a', 'b'), true);
      assert.equal(await catalog.deleteTag('a', 'b'), false);
      assert.equal(await catalog.deleteManifest('a', digestOf('n')), true);
      assert.equal(await catalog.findManifest('a', 'x'), undefined);
    });

    test('listReferrers() gives type and annotations of what has the subject, and filters by type', async () => {
      const { catalog } = await make();
      const subject = digestOf('subject');
      const annotations = { note: 'half \ud800 and \u0000' };
      await catalog.putManifest(
        'a',
        manifest('r1', { subject, artifactType: 'sbom', annotations }),
        undefined,
      );
      await catalog.putManifest('a', manifest('r2', { subject, artifactType: 'sig' }), undefined);
      await catalog.putManifest('b', manifest('r3', { subject }), undefined);
      const found = await catalog.listReferrers('a', subject, { limit: 9 });
      assert.deepEqual(found.map((it) => it.artifactType).toSorted(), ['sbom', 'sig']);
      const [sbom, ...others] = await catalog.listReferrers('a', subject, { limit: 9, artifactType: 'sbom' });
      assert.equal(sbom?.digest, digestOf('r1'));
      assert.equal(typeof sbom?.annotations?.note, 'string');
      assert.deepEqual(others, []);
      const after = found[0]!.digest;
      assert.deepEqual(await catalog.listReferrers('a', subject, { limit: 9, after }), found.slice(1));
    });

    test('deleteBlob() refuses what a manifest names', async () => {
      const { catalog } = await make();
      await catalog.addBlob('a', blob('x'));
      await catalog.putManifest('a', manifest('m', { blobs: [part(blob('x'))] }), 't');
      await assert.rejects(catalog.deleteBlob('a', digestOf('x')), (e) => hasCode(e, 'registry.blobInUse'));
      await catalog.deleteManifest('a', digestOf('m'));
      assert.equal(await catalog.deleteBlob('a', digestOf('x')), true);
      assert.equal(await catalog.deleteBlob('a', digestOf('x')), false);
    });

    test('tags, pins, indexes and subjects hold manifests; sweep() forgets the others and their blobs', async () => {
      const { catalog, at, held } = await make();
      const child = manifest('child', { blobs: [part(blob('layer'))] });
      const index = manifest('index', { children: [childOf(child)] });
      const signature = manifest('signature', { subject: index.digest });
      const pushed = manifest('pushed by digest');
      await catalog.addBlob('a', blob('layer'));
      await catalog.addBlob('a', blob('loose'));
      await catalog.putManifest('a', signature, undefined);
      await catalog.putManifest('a', child, undefined);
      await catalog.putManifest('a', index, 'latest');
      await catalog.putManifest('a', pushed, undefined);
      const all = [child, index, signature, pushed].map((it) => it.digest).toSorted();
      assert.deepEqual(await held(), all);
      assert.deepEqual(await catalog.looseBlobs(1_000), [digestOf('loose')]);
      assert.deepEqual(await catalog.looseBlobs(1_001), []);
      assert.deepEqual(await catalog.sweep(1_000), { manifests: 0, blobs: 0 });
      at(2_000);
      await catalog.putManifest('a', manifest('newer'), 'latest');
      assert.deepEqual(await held(), [digestOf('newer'), pushed.digest].toSorted());
      assert.deepEqual(await catalog.sweep(1_500), { manifests: 3, blobs: 2 });
      assert.equal(await catalog.findManifest('a', index.digest), undefined);
      assert.equal(await catalog.findBlob('a', digestOf('layer')), undefined);
    });

    test('a snapshot takes neither an image tag nor the hold of what was pushed', async () => {
      const { catalog, held } = await make();
      const [byTag, byDigest, child] = ['by tag', 'by digest', 'child'].map((name) => manifest(name)) as [
        NewManifest,
        NewManifest,
        NewManifest,
      ];
      await catalog.putManifest('a', byTag, 't');
      await catalog.putManifest('a', byDigest, undefined);
      await catalog.putManifest('a', child, undefined);
      const index = manifest('index', { children: [childOf(child)] });
      await catalog.publish('a', [
        { manifest: manifest('other'), tag: 't' },
        { manifest: byDigest, tag: 'u' },
        { manifest: child, tag: undefined },
        { manifest: index, tag: 'v' },
      ]);
      assert.deepEqual(await held(), [byTag, byDigest, child].map(({ digest }) => digest).toSorted());
      assert.equal((await catalog.findManifest('a', 't'))?.digest, byTag.digest);
      // A later push by the digest alone counts too, though an index names it that a snapshot brought.
      const late = manifest('late');
      const lateIndex = manifest('late index', { children: [childOf(late)] });
      await catalog.publish('a', [
        { manifest: late, tag: undefined },
        { manifest: lateIndex, tag: 'w' },
      ]);
      await catalog.putManifest('a', late, undefined);
      assert.ok((await held()).includes(late.digest));
    });

    test('what a snapshot has without an image tag is found by its digest for as long as its bytes are there', async () => {
      const { catalog, at, held } = await make();
      await catalog.publish('a', [{ manifest: manifest('m'), tag: undefined }]);
      await catalog.publish('a', [{ manifest: manifest('n'), tag: 't' }]);
      await catalog.publish('a', [{ manifest: manifest('o'), tag: 't' }], { takesOver: false });
      assert.equal((await catalog.findManifest('a', 't'))?.digest, digestOf('n'));
      assert.deepEqual(await held(), []);
      at(100_000_000);
      assert.deepEqual(await catalog.sweep(90_000_000), { manifests: 0, blobs: 0 });
      assert.ok(await catalog.findManifest('a', digestOf('o')));
      assert.equal(await catalog.forgetGone(async (digest) => digest !== digestOf('m')), 1);
      assert.equal(await catalog.findManifest('a', digestOf('m')), undefined);
    });

    test('asking for a blob keeps it from the sweep, and a repository that is empty ends with it', async () => {
      const { catalog, at } = await make();
      await catalog.addBlob('a', blob('x'));
      at(3_600_000);
      await catalog.findBlob('a', digestOf('x'));
      assert.deepEqual(await catalog.sweep(3_000_000), { manifests: 0, blobs: 0 });
      assert.deepEqual(await catalog.sweep(3_700_000), { manifests: 0, blobs: 1 });
      assert.equal(await catalog.hasRepository('a'), false);
    });

    test('a quota counts each digest under its prefix once, and says what is taken', async () => {
      const { db, catalog } = await make();
      const quotas = createQuotas(db);
      await quotas.set('team', 100);
      await catalog.addBlob('team/a', blob('x', 60));
      await catalog.addBlob('team/b', blob('x', 60));
      await catalog.addBlob('teams', blob('y', 500));
      await assert.rejects(catalog.addBlob('team', blob('z', 41)), (error) => {
        assert.ok(hasCode(error, 'registry.quota'));
        assert.deepEqual(error.details, { prefix: 'team', usedBytes: 60, limitBytes: 100, neededBytes: 41 });
        return true;
      });
      const check = await catalog.roomCheck('team/c');
      check(40);
      assert.throws(
        () => check(41),
        (e) => hasCode(e, 'registry.quota'),
      );
      await catalog.addBlob('team', blob('z', 40));
      assert.deepEqual(await quotas.list(), [{ prefix: 'team', limitBytes: 100, usedBytes: 100 }]);
      await assert.rejects(quotas.set('Team', 1), (e) => hasCode(e, 'registry.badName'));
      assert.equal(await quotas.remove('team'), true);
      await catalog.addBlob('team', blob('w', 1_000));
    });

    test('a manifest of a thousand parts costs a handful of statements', async () => {
      const { db, catalog } = await make();
      const blobs = Array.from({ length: 1_000 }, (_, n) => blob(`layer ${n}`));
      const image = manifest('large', { blobs: blobs.map(part) });
      await catalog.publish('a', [{ manifest: image, tag: 't' }]);
      const queries = await countQueries(db, async (counted) => {
        const again = createCatalog({ db: counted, clock: { now: () => 0 } });
        await again.putManifest('a', image, 'u');
      });
      assert.ok(queries <= 12, `${queries} statements`);
      const found: Digest[] = [];
      for await (const { descriptor } of catalog.heldManifests()) found.push(descriptor.digest);
      assert.deepEqual(found, [image.digest]);
    });
  });
});
