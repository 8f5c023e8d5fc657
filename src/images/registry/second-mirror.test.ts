import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { copyImages } from '../copy/copy-images.ts';
import { createStoreTarget } from '../stored/store-target.ts';
import { type FakeRegistry, startFakeRegistry } from '../testing/fake-registry.ts';
import { createPlainTransport } from '../testing/plain-transport.ts';
import { createRegistry } from './create-registry.ts';
import { fallbackTag } from './list-referrers.ts';

const images = 20;
const day = 24 * 60 * 60_000;

describe('a second mirror of what did not change, with all that refers to it', () => {
  let transport: ReturnType<typeof createPlainTransport>;
  let fake: FakeRegistry;
  let made: readonly Descriptor[];
  let digests: readonly Digest[];
  let nowMs: number;
  let store: MemoryBlobStore;

  before(async () => {
    fake = await startFakeRegistry();
  });
  after(() => fake.close());
  beforeEach(() => {
    transport = createPlainTransport();
    store = new MemoryBlobStore();
    nowMs = 0;
    fake.hasReferrersApi = false;
    fake.manifests.clear();
    fake.tags.clear();
    made = Array.from({ length: images }, (_, at) => fake.addImage([`layer ${at}`], `t${at}`));
    digests = made.map(({ digest }) => digest);
  });

  /** Each with a client of its own, as captures have; gives the requests. */
  async function mirror(references: readonly string[]): Promise<readonly string[]> {
    fake.requests.length = 0;
    const registry = createRegistry({ transport, plainHttp: true, clock: { now: () => nowMs } });
    await copyImages({
      source: registry.source({ host: fake.host, repository: 'a/b' }),
      target: createStoreTarget({ store, name: 'store' }),
      roots: references.map((reference) => ({ reference })),
      withReferrers: true,
    });
    return [...fake.requests];
  }

  test('costs a release the list of its image tags, and no request for any of its images', async () => {
    const first = await mirror(digests);
    assert.equal(first.filter((request) => request.includes('/referrers/')).length, 1);
    assert.deepEqual(await mirror(digests), ['GET /v2/a/b/tags/list?n=1000']);
  });

  test('costs one request more for each image where the registry lists referrers', async () => {
    fake.hasReferrersApi = true;
    await mirror(digests);
    const again = await mirror(digests);
    assert.equal(again.length, 1 + images);
    assert.ok(again.every((request) => /\/tags\/|\/referrers\//.test(request)));
  });

  test('costs an image tag two requests', async () => {
    await mirror(['t0']);
    assert.deepEqual(await mirror(['t0']), ['HEAD /v2/a/b/manifests/t0', 'GET /v2/a/b/tags/list?n=1000']);
  });

  test('still finds what came to refer to an image since, and asks anew for the API after a day', async () => {
    await mirror(['t0']);
    const [subject] = made;
    const config = fake.addBlob('{}', 'application/vnd.example.signature');
    const signature = fake.addManifest({ config, layers: [], subject });
    fake.addIndex([signature], fallbackTag(subject!.digest));
    await mirror(['t0']);
    assert.ok(await store.stat(signature.digest), 'the referrer under the fallback tag did not come along');

    const other = fake.addManifest({ config, layers: [], subject, annotations: { second: 'yes' } });
    fake.hasReferrersApi = true;
    nowMs = day + 1;
    await mirror(['t0']);
    assert.ok(await store.stat(other.digest), 'the API was not asked again');
  });
});
