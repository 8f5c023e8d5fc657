import type { Digest } from '../../../kernel/index.ts';
import type { BlobStore } from '../../../store/index.ts';
import { pageArtifactType, type TimedExchange } from '../format.ts';
import { type LayerInput, type SnapshotParts, writeSnapshot } from '../write-snapshot.ts';

/** A config as a capture of a small page would make it. */
export const pageConfig: SnapshotParts['config'] = {
  kind: 'page',
  url: 'https://www.example.org/guide',
  finalUrl: 'https://www.example.org/guide',
  takenAt: '2026-03-04T05:06:07.890Z',
  verdict: 'good',
  evidence: [{ code: 'textAndPixels', details: { characters: 12, resources: 2 } }],
  status: 200,
  title: '离线安装指南',
  description: 'How to install without a network',
  author: 'A. Writer',
  publishedAt: '2026-01-02',
  language: 'zh',
  siteName: 'Example',
  measures: { resources: 2, missing: 1, sizeBytes: 1000, characters: 12, durationMs: 900 },
  missing: [{ url: 'https://www.example.org/gone.png', reason: 'net::ERR_FAILED' }],
  viewport: { width: 1280, height: 800 },
  software: 'Holdfast/0.1.0 Chrome/156.0.0.0',
};

/** An exchange whose body is put into the store. */
export async function answered(
  store: BlobStore,
  url: string,
  mediaType: string,
  body: string | Uint8Array,
  change: Partial<TimedExchange> = {},
): Promise<TimedExchange> {
  const { digest, sizeBytes } = await store.put(Buffer.from(body));
  return {
    url,
    method: 'GET',
    requestHeaders: [['accept', '*/*']],
    type: 'other',
    status: 200,
    statusText: '',
    responseHeaders: [
      ['content-type', mediaType],
      ['content-encoding', 'br'],
      ['content-length', '7'],
    ],
    body: { digest, size: sizeBytes },
    atMs: 10,
    ...change,
  };
}

/** Stores a page with these parts. */
export async function storePage(
  store: BlobStore,
  parts: {
    layers?: readonly LayerInput[];
    exchanges?: readonly TimedExchange[];
    config?: Partial<SnapshotParts['config']>;
  },
): Promise<Digest> {
  const batch = store.batch();
  const written = await writeSnapshot(batch, {
    artifactType: pageArtifactType,
    config: { ...pageConfig, ...parts.config },
    layers: parts.layers ?? [],
    exchanges: parts.exchanges ?? [],
  });
  await batch.commit();
  return written.digest;
}
