import type { Evidence, Measures, SnapshotKind, Verdict } from '../../links/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { imageArtifactType, releaseArtifactType } from '../snapshot/format.ts';
import { writeImageIndex } from '../snapshot/image-index.ts';
import type { ImageRoot } from '../snapshot/image-root.ts';
import type { CaptureOutcome } from '../types.ts';
import type { ImageFacts } from './image-facts.ts';

/** What a snapshot of an image says of it. */
export interface ImageAbout {
  readonly kind: Extract<SnapshotKind, 'image' | 'release'>;
  readonly url: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly software: string;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly title: string;
  readonly description: string;
  readonly searchText: string;
  readonly release?: { readonly version: string; readonly architecture: string };
}

const nothing: Pick<ImageFacts, 'manifests' | 'blobs' | 'sizeBytes'> = {
  manifests: 0,
  blobs: 0,
  sizeBytes: 0,
};

/** Writes the snapshot of an image whose parts the store holds, and gives its outcome. */
export async function keepImage(
  store: BlobStore,
  about: ImageAbout,
  roots: readonly ImageRoot[],
  facts: ImageFacts,
): Promise<CaptureOutcome> {
  const { kind, release } = about;
  const outcome = outcomeOf(about, facts);
  const { formats: _, searchText: __, takenAt, digest: ___, ...told } = outcome;
  const batch = store.batch();
  try {
    const { digest } = await writeImageIndex(batch, {
      artifactType: kind === 'image' ? imageArtifactType : releaseArtifactType,
      config: {
        ...told,
        kind,
        url: about.url,
        takenAt: new Date(takenAt).toISOString(),
        status: null,
        missing: [],
        viewport: { width: 0, height: 0 },
        software: about.software,
        ...(release && { release }),
      },
      roots,
    });
    await batch.commit();
    return { ...outcome, digest };
  } catch (error) {
    await batch.abort();
    throw error;
  }
}

/** The outcome of a capture that kept no bytes, only its reason. */
export const keepReason = (about: ImageAbout): CaptureOutcome => outcomeOf(about, nothing);

function outcomeOf(about: ImageAbout, parts: typeof nothing): CaptureOutcome {
  const measures: Measures = {
    resources: parts.manifests + parts.blobs,
    missing: 0,
    sizeBytes: parts.sizeBytes,
    characters: 0,
    durationMs: about.endedAt - about.startedAt,
  };
  return {
    kind: about.kind,
    verdict: about.verdict,
    evidence: about.evidence,
    digest: null,
    takenAt: about.startedAt,
    finalUrl: about.url,
    title: about.title,
    description: about.description,
    author: '',
    publishedAt: '',
    language: '',
    siteName: '',
    formats: [],
    measures,
    searchText: about.searchText,
  };
}
