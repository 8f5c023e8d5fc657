import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Descriptor, digestOf } from '../kernel/index.ts';
import type { Snapshot } from '../links/index.ts';
import type { ImageToPublish, Publish } from '../registry/index.ts';
import { MemoryBlobStore } from '../store/index.ts';
import { publishSnapshot } from './publish-snapshot.ts';

const manifest = 'application/vnd.oci.image.manifest.v1+json';
const index = 'application/vnd.oci.image.index.v1+json';

/** A store with an index of ours over the given roots, and what gets published of it. */
async function world() {
  const store = new MemoryBlobStore();
  const published: [string, readonly ImageToPublish[]][] = [];
  const takeovers: (boolean | undefined)[] = [];
  const publish: Publish = async (repository, images, { takesOver } = {}) => {
    published.push([repository, images]);
    takeovers.push(takesOver);
  };
  const put = async (mediaType: string, value: unknown): Promise<Descriptor> => {
    const { digest, sizeBytes } = await store.put(Buffer.from(JSON.stringify(value)));
    return { mediaType, digest, size: sizeBytes };
  };
  const keep = async (kind: 'image' | 'release', roots: readonly Descriptor[]) => {
    const about = {
      ...{
        version: 1,
        kind,
        url: 'docker://a.test/b',
        finalUrl: 'docker://a.test/b',
        title: 't',
        description: '',
      },
      ...{
        author: '',
        publishedAt: '',
        language: '',
        siteName: '',
        verdict: 'good',
        evidence: [],
        status: null,
      },
      measures: { resources: 0, missing: 0, sizeBytes: 0, characters: 0, durationMs: 0 },
      ...{
        missing: [],
        viewport: { width: 0, height: 0 },
        software: 's',
        exchangeTimesMs: [],
        exchangeVolatile: [],
      },
      takenAt: '2026-11-25T00:00:00.000Z',
    };
    const config = await put('application/vnd.holdfast.snapshot.config.v1+json', about);
    const first = await put(manifest, {
      ...{ schemaVersion: 2, mediaType: manifest, artifactType: 'application/vnd.holdfast.snapshot.v1+json' },
      ...{ config, layers: [] },
    });
    return put(index, {
      ...{ schemaVersion: 2, mediaType: index, artifactType: `application/vnd.holdfast.${kind}.v1+json` },
      manifests: [{ ...first, annotations: { 'dev.holdfast.role': 'about' } }, ...roots],
    });
  };
  const root = (name: string, repository: string, tag?: string): Descriptor => ({
    ...{ mediaType: manifest, digest: digestOf(name), size: 1 },
    annotations: {
      'dev.holdfast.repository': repository,
      ...(tag && { 'org.opencontainers.image.ref.name': tag }),
    },
  });
  const told = () =>
    published.map(([repository, images]) => [
      repository,
      images.map(({ tag, descriptor }) => [tag, descriptor.digest]),
    ]);
  return { store, publish, keep, put, root, told, takeovers };
}

const snapshot = (kind: Snapshot['kind'], { digest }: Descriptor) =>
  ({ kind, digest, id: 'snap', linkId: 'link', verdict: 'good', evidence: [] }) as unknown as Snapshot;

test('an image is published under its path, a release under openshift/release with every tag, a page by its ids', async () => {
  const { store, publish, keep, put, root, told } = await world();
  const image = await keep('image', [root('a', 'quay.io/a/b', '1'), root('sig', 'quay.io/a/b')]);
  await publishSnapshot({ store, publish }, snapshot('image', image));
  const release = await keep('release', [
    { ...root('r', 'quay.io/x/release', '4.5.9-x86_64') },
    root('c', 'quay.io/x/art-dev', '4.5.9-etcd'),
  ]);
  await publishSnapshot({ store, publish }, snapshot('release', release));
  const page = await put(manifest, { schemaVersion: 2 });
  await publishSnapshot({ store, publish }, snapshot('page', page));
  await publishSnapshot({ store, publish }, { ...snapshot('page', page), digest: null });
  assert.deepEqual(told(), [
    [
      'a/b',
      [
        ['1', digestOf('a')],
        [undefined, digestOf('sig')],
      ],
    ],
    [
      'openshift/release',
      [
        ['4.5.9-x86_64', digestOf('r')],
        ['4.5.9-etcd', digestOf('c')],
      ],
    ],
    ['snapshots/link', [['snap', page.digest]]],
  ]);
});

test('a forged release gets no image tag, and one that nobody vouches for none of another', async () => {
  const { store, publish, keep, root, told, takeovers } = await world();
  const release = await keep('release', [root('forged', 'evil.test/x', '4.5.9-x86_64')]);
  await publishSnapshot({ store, publish }, { ...snapshot('release', release), verdict: 'failed' });
  assert.deepEqual(told(), []);
  await publishSnapshot({ store, publish }, snapshot('release', release));
  const image = await keep('image', [root('posing', 'evil.test/openshift/release', '4.5.9-x86_64')]);
  await publishSnapshot({ store, publish }, snapshot('image', image));
  const evidence = [{ code: 'signatureVerified', details: { key: 'K' } }] as const;
  await publishSnapshot({ store, publish }, { ...snapshot('release', release), evidence });
  assert.deepEqual(takeovers, [false, false, true]);
});

test('an image whose path leads among the pages is not published', async () => {
  const { store, publish, keep, root, told } = await world();
  const posing = [root('a', 'evil.test/snapshots/link', 'snap'), root('b', 'evil.test/snapshotsb', '1')];
  await publishSnapshot({ store, publish }, snapshot('image', await keep('image', posing)));
  assert.deepEqual(told(), [['snapshotsb', [['1', digestOf('b')]]]]);
});
