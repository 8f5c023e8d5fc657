import type { LayerRole, SnapshotConfig } from '../../capture/index.ts';
import { encodeManifest, manifestMediaType } from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { NewSnapshot } from '../../links/index.ts';
import type { BlobStore } from '../../store/index.ts';

/** A part of a stored snapshot: its bytes, and what they are said to be. */
export interface TestPart {
  readonly role?: LayerRole;
  readonly mediaType: string;
  readonly bytes: string | Uint8Array;
}

/** A config as a capture of a small page would make it. */
export const testConfig: SnapshotConfig = {
  version: 1,
  kind: 'page',
  url: 'https://www.example.org/guide',
  finalUrl: 'https://www.example.org/guide',
  takenAt: '2026-03-04T05:06:07.890Z',
  verdict: 'good',
  evidence: [{ code: 'textAndPixels', details: { characters: 12, resources: 2 } }],
  status: 200,
  title: '离线安装指南',
  description: '',
  author: '',
  publishedAt: '',
  language: 'zh',
  siteName: '',
  measures: { resources: 2, missing: 1, sizeBytes: 1000, characters: 12, durationMs: 900 },
  missing: [{ url: 'https://www.example.org/gone.png', reason: 'net::ERR_FAILED' }],
  viewport: { width: 1280, height: 800 },
  software: 'test',
  exchangeTimesMs: [],
  exchangeVolatile: [],
};

/** Puts a snapshot into a store, as capture does; gives the manifest's digest. */
export async function storeSnapshot(
  store: BlobStore,
  parts: readonly TestPart[],
  about: SnapshotConfig = testConfig,
): Promise<Digest> {
  const layers: Descriptor[] = [];
  for (const { role, mediaType, bytes } of parts) {
    const { digest, sizeBytes } = await store.put(Buffer.from(bytes));
    const annotations = role === undefined ? {} : { annotations: { 'dev.holdfast.role': role } };
    layers.push({ mediaType, digest, size: sizeBytes, ...annotations });
  }
  const config = await store.put(Buffer.from(JSON.stringify(about)));
  const manifest = encodeManifest({
    schemaVersion: 2,
    mediaType: manifestMediaType,
    artifactType: 'application/vnd.holdfast.page.v1+json',
    config: {
      mediaType: 'application/vnd.holdfast.snapshot.config.v1+json',
      digest: config.digest,
      size: config.sizeBytes,
    },
    layers,
  });
  return (await store.put(manifest)).digest;
}

/** What a capture of `testConfig` hands in. */
export function newSnapshot(
  linkId: string,
  digest: Digest | null,
  change: Partial<NewSnapshot> = {},
): NewSnapshot {
  return {
    linkId,
    digest,
    jobId: `job${Math.random()}`,
    kind: 'page',
    verdict: 'good',
    evidence: testConfig.evidence,
    takenAt: Date.parse(testConfig.takenAt),
    finalUrl: testConfig.finalUrl,
    title: testConfig.title,
    description: '',
    author: '',
    publishedAt: '',
    language: 'zh',
    siteName: '',
    formats: ['html', 'png', 'text', 'md'],
    measures: testConfig.measures,
    searchText: '离线安装指南 install guide',
    ...change,
  };
}
