import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  freshBlob,
  freshConfig,
  imageOf,
  indexOf,
} from '../../../test/interop/registry-conformance/material.ts';
import { countQueries, forEachDatabase } from '../../../test/support/databases.ts';
import type { Digest } from '../../kernel/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { createCatalog } from '../catalog/catalog.ts';
import { registryMigrations } from '../migrations.ts';
import { createPublish } from '../publish.ts';
import { createRegistryViews } from './registry-views.ts';

forEachDatabase((_, open) => {
  describe('createRegistryViews()', () => {
    test('tells what repositories hold and share, for four statements', async () => {
      const db = await open(registryMigrations);
      const store = new MemoryBlobStore();
      const catalog = createCatalog({ db, clock: { now: () => 7 } });
      const publish = createPublish({ catalog, store });
      const shared = freshBlob(1_000);
      const make = async (own: number) => {
        const [config, layer] = [freshConfig(), freshBlob(own)];
        const image = imageOf(config, [shared, layer]);
        const index = indexOf([image]);
        for (const part of [config, shared, layer, image, index]) await store.put(part.bytes);
        return {
          config,
          image,
          index,
          own: config.bytes.length + own + image.bytes.length + index.bytes.length,
        };
      };
      const [one, two] = [await make(10), await make(20)];
      const descriptor = ({ index }: typeof one) => ({
        mediaType: index.mediaType,
        digest: index.digest as Digest,
        size: index.bytes.length,
      });
      await publish('b', [
        { tag: 'x', descriptor: descriptor(one) },
        { tag: 'y', descriptor: descriptor(one) },
      ]);
      await publish('a', [{ tag: 'x', descriptor: descriptor(two) }]);
      const views = createRegistryViews({ db, catalog });
      assert.deepEqual(await views.repositories({ limit: 5 }), [
        {
          name: 'a',
          imageTags: 1,
          manifests: 2,
          sizeBytes: two.own + 1_000,
          uniqueBytes: two.own,
          pushedAt: 7,
        },
        {
          name: 'b',
          imageTags: 2,
          manifests: 2,
          sizeBytes: one.own + 1_000,
          uniqueBytes: one.own,
          pushedAt: 7,
        },
      ]);
      assert.equal(await views.count(), 2);
      const queries = await countQueries(db, async (counted) => {
        await createRegistryViews({
          db: counted,
          catalog: createCatalog({ db: counted, clock: { now: () => 7 } }),
        }).repositories({ limit: 5 });
      });
      assert.equal(queries, 4);
    });
  });
});
