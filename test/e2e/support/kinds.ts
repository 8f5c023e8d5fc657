import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { listen } from '../../../src/http/index.ts';
import { createRegistryView } from '../../../src/http/registry/registry-view.ts';
import { createHarness, type Harness } from '../../../src/http/testing/harness.ts';
import { memoryCatalog, memoryFigures } from '../../../src/http/testing/stocked-registry.ts';
import {
  storeImage,
  storeImageSnapshot,
  storeList,
  type TestLayer,
} from '../../../src/http/testing/stored-images.ts';
import { storedRelease } from '../../../src/http/testing/stored-release.ts';
import { newSnapshot, storeSnapshot, testConfig } from '../../../src/http/testing/stored-snapshot.ts';
import { createRunner } from '../../../src/jobs/index.ts';
import { digestOf } from '../../../src/kernel/index.ts';
import type { Evidence, NewSnapshot } from '../../../src/links/index.ts';
import { MemoryBlobStore } from '../../../src/store/index.ts';
import { landscape } from './landscape.ts';

const webDir = resolve(import.meta.dirname, '../../../dist/web');
const measures = { resources: 0, missing: 0, characters: 0 };
const base: TestLayer = {
  name: 'debian',
  size: 31_357_624,
  createdBy: '/bin/sh -c #(nop) ADD file:debian in / ',
};

/** The ids of links, one for each kind, on a server of this process. */
export interface Kinds {
  readonly origin: string;
  readonly iso: string;
  readonly pdf: string;
  readonly image: string;
  readonly release: string;
}

/** Serves a library that holds one of each kind, and a registry with them (`registry: false` for a server without one). */
export async function openKinds({ registry = true } = {}): Promise<Kinds> {
  if (!existsSync(join(webDir, 'index.html'))) throw new Error('Build the web interface: npm run build:web');
  const ports = { ui: 0, replay: 0 };
  const store = new MemoryBlobStore();
  const tools = await toolImages(store);
  const repositories = {
    'library/postgres': { '17.2': tools.postgres, '17': tools.postgres, latest: tools.postgres },
    'tools/curl': { '8.11': tools.curl },
    'tools/git': { '2.47': tools.git },
    'snapshots/01k9z7q3m5': { s1: tools.curl },
  };
  const atMs = Date.now() - 3_600_000;
  const view = createRegistryView({
    catalog: memoryCatalog(store, repositories, atMs),
    figures: memoryFigures(store, repositories, atMs),
    store,
    address: () => 'bastion.example.org:5000',
    secure: true,
    anonymousPull: true,
  });
  const harness = await createHarness({ ports, webDir }, registry ? { registry: view } : {});
  const server = await listen({ fetch: harness.app.fetch, host: '127.0.0.1', port: 0, open: true });
  ports.ui = server.port;
  const running = await fillKinds(harness);
  after(async () => {
    await running.stop();
    await server.stop(0);
  });
  return { origin: `http://127.0.0.1:${server.port}`, ...running.ids };
}

async function toolImages(store: MemoryBlobStore) {
  const amd64 = { os: 'linux', architecture: 'amd64' };
  const arm64 = { os: 'linux', architecture: 'arm64', variant: 'v8' };
  const over = (name: string, size: number) => [
    base,
    { name, size, createdBy: `RUN /bin/sh -c apt-get install -y ${name} # buildkit` },
  ];
  return {
    postgres: await storeList(store, [
      { platform: amd64, layers: over('postgresql-17', 118_204_881) },
      { platform: arm64, layers: over('postgresql-17:arm64', 115_920_313) },
    ]),
    curl: await storeImage(store, { platform: amd64, layers: over('curl', 4_212_553) }),
    git: await storeImage(store, { platform: amd64, layers: over('git', 38_400_127) }),
  };
}

async function fillKinds(harness: Harness) {
  const { links, store, db, clock, logger } = harness;
  const keep = async (url: string, tags: readonly string[], snapshot: Partial<NewSnapshot>) => {
    const [added] = await links.add([{ url, tags }]);
    const empty = { language: '', finalUrl: url, searchText: '', formats: [] };
    await links.recordSnapshot(newSnapshot(added!.link.id, null, { ...empty, ...snapshot }));
    return added!.link.id;
  };
  const { linkId: release } = await storedRelease(harness);
  const iso = await keepFile(harness, keep, {
    url: 'https://mirror.example.org/rhcos/4.5.6/rhcos-4.5.6-x86_64-installer.x86_64.iso',
    mediaType: 'application/x-iso9660-image',
    sizeBytes: 8_421_376,
    evidence: [],
  });
  const pdf = await keepFile(harness, keep, {
    url: 'https://docs.example.org/guides/离线安装手册.pdf',
    mediaType: 'application/pdf',
    sizeBytes: 2_411_724,
    evidence: [{ code: 'redirectedTo', details: { url: 'https://docs.example.org/guides/v2.pdf' } }],
  });
  const image = await keep('docker://quay.io/keepers/lighthouse:2.4', ['air-gap'], {
    kind: 'image',
    digest: await storeLighthouse(store),
    title: 'keepers/lighthouse:2.4',
    description: 'A lamp for a rocky coast',
    evidence: [
      {
        code: 'imageCopied',
        details: { manifests: 4, blobs: 9, platforms: 'linux/amd64, linux/arm64/v8, linux/s390x' },
      },
    ],
    measures: { ...measures, sizeBytes: 190_824_113, durationMs: 7_000 },
  });
  await keep('docker://registry.example.org/keepers/gone:1', [], {
    kind: 'image',
    digest: null,
    verdict: 'not-found',
    title: '',
    evidence: [{ code: 'imageNotFound', details: { image: 'registry.example.org/keepers/gone:1' } }],
    measures: { ...measures, sizeBytes: 0, durationMs: 400 },
  });
  const [slow] = await links.add([
    { url: 'docker://quay.io/openshift-release-dev/ocp-release:4.14.9-x86_64' },
  ]);
  const runner = createRunner({
    db,
    clock,
    logger,
    concurrency: 4,
    handlers: {
      capture: async ({ job, signal, progress }) => {
        if (job.id !== slow!.link.job?.id) return;
        const [done, total, remainingMs] = [1_200_000_000, 5_600_000_000, 55_000];
        progress({ stage: 'copying', unit: 'bytes', done, total, remainingMs });
        await new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
      },
    },
  });
  runner.start();
  return { ids: { iso, pdf, image, release }, stop: () => runner.stop() };
}

interface KeptFile {
  readonly url: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly evidence: readonly Evidence[];
}

async function keepFile(
  { store }: Harness,
  keep: (url: string, tags: readonly string[], snapshot: Partial<NewSnapshot>) => Promise<string>,
  { url, mediaType, sizeBytes, evidence }: KeptFile,
): Promise<string> {
  const title = decodeURI(url.slice(url.lastIndexOf('/') + 1));
  const isPdf = mediaType === 'application/pdf';
  const text =
    '## 准备\n\n离线安装前请核对磁盘数量与证书有效期。\n\n## Steps\n\nMirror the release, then boot.';
  const picture = landscape([94, 120, 148], 480, 620);
  const digest = await storeSnapshot(
    store,
    [
      { role: 'file', mediaType, bytes: Buffer.alloc(sizeBytes, title) },
      ...(isPdf
        ? ([
            { role: 'markdown', mediaType: 'text/markdown', bytes: text },
            { role: 'screenshot', mediaType: 'image/png', bytes: picture },
            { role: 'thumbnail', mediaType: 'image/png', bytes: picture },
          ] as const)
        : []),
    ],
    { ...testConfig, kind: 'file', url, finalUrl: url, title },
  );
  return keep(url, ['ocp/4.5'], {
    kind: 'file',
    digest,
    title,
    formats: isPdf ? ['file', 'md', 'png'] : ['file'],
    evidence: [{ code: 'download', details: { mediaType, sizeBytes } }, ...evidence],
    measures: { ...measures, sizeBytes, durationMs: 1_300 },
  });
}

async function storeLighthouse(store: Harness['store']) {
  const repository = 'quay.io/keepers/lighthouse';
  const platforms = [
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'arm64', variant: 'v8' },
    { os: 'linux', architecture: 's390x' },
  ];
  const list = await storeList(
    store,
    platforms.map((platform, at) => ({
      platform,
      layers: [
        { ...base, name: `debian ${platform.architecture}`, size: base.size - at * 811_207 },
        { name: 'fonts', size: 11_204_113, createdBy: 'COPY fonts /usr/share/fonts # buildkit' },
        {
          name: `lamp ${platform.architecture}`,
          size: 24_118_904 + at * 99_871,
          createdBy: 'RUN /bin/sh -c make -j8 && make install && rm -rf /var/cache # buildkit',
        },
      ],
      labels: {
        'org.opencontainers.image.title': 'lighthouse',
        'org.opencontainers.image.description': 'A lamp for a rocky coast',
        'org.opencontainers.image.source': 'https://git.example.org/keepers/lighthouse',
      },
      entrypoint: ['/usr/bin/lighthouse', '--lamp', 'bright'],
    })),
  );
  const cosign = await store.put(Buffer.from('{}'));
  const simpleSigning = { mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json', size: 240 };
  const signature = await store.put(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        artifactType: simpleSigning.mediaType,
        config: {
          mediaType: 'application/vnd.oci.empty.v1+json',
          digest: cosign.digest,
          size: cosign.sizeBytes,
        },
        layers: [{ ...simpleSigning, digest: digestOf('signature') }],
      }),
    ),
  );
  return storeImageSnapshot(store, { kind: 'image', title: 'keepers/lighthouse:2.4' }, [
    { descriptor: list, repository, imageTag: '2.4' },
    { descriptor: list, repository, imageTag: 'latest' },
    {
      descriptor: {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: signature.digest,
        size: signature.sizeBytes,
      },
      repository,
      imageTag: `${list.digest.replace(':', '-')}.sig`,
    },
  ]);
}
