import type { Evidence, Verdict } from '../../links/index.ts';
import type { BlobBatch, BlobInfo } from '../../store/index.ts';
import { fileArtifactType, type SnapshotConfig, type TimedExchange } from '../snapshot/format.ts';
import { writeSnapshot } from '../snapshot/write-snapshot.ts';
import type { CaptureOutcome } from '../types.ts';
import { describePdf, type PdfDescriber } from './pdf/describe-pdf.ts';

/** A file whose bytes are in the store or the batch, and what is known of it. */
export interface KeptFile {
  readonly batch: BlobBatch;
  readonly blob: BlobInfo;
  readonly mediaType: string;
  readonly url: string;
  readonly finalUrl: string;
  readonly title: string;
  readonly startedAt: number;
  readonly status: number;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly exchanges: readonly TimedExchange[];
  /** Absent where no browser was part of it. */
  readonly viewport?: SnapshotConfig['viewport'];
  readonly software: string;
  readonly pdf: PdfDescriber;
  readonly signal: AbortSignal;
}

/** Writes the snapshot of a file, with the text and a picture of a PDF, and commits the batch. */
export async function saveFile(file: KeptFile): Promise<CaptureOutcome> {
  const { batch, blob, mediaType, startedAt, exchanges } = file;
  const pdf = await describePdf(file, file.pdf, file.signal);
  const about = {
    kind: 'file' as const,
    verdict: file.verdict,
    evidence: file.evidence,
    finalUrl: file.finalUrl,
    title: pdf?.title || file.title,
    description: '',
    author: pdf?.author ?? '',
    publishedAt: pdf?.publishedAt ?? '',
    language: pdf?.language ?? '',
    siteName: '',
    measures: {
      resources: 0,
      missing: 0,
      sizeBytes: blob.sizeBytes,
      characters: pdf?.text.replace(/\s+/g, '').length ?? 0,
      durationMs: Date.now() - startedAt,
    },
  };
  const written = await writeSnapshot(batch, {
    artifactType: fileArtifactType,
    config: {
      ...about,
      url: file.url,
      takenAt: new Date(startedAt).toISOString(),
      status: file.status,
      missing: [],
      viewport: file.viewport ?? { width: 0, height: 0 },
      software: file.software,
    },
    layers: [{ role: 'file', mediaType, digest: blob.digest, size: blob.sizeBytes }, ...(pdf?.layers ?? [])],
    exchanges,
  });
  await batch.commit();
  return {
    ...about,
    digest: written.digest,
    takenAt: startedAt,
    formats: ['file', ...(pdf?.text ? (['text'] as const) : []), 'wacz'],
    searchText: [file.title, pdf?.text].join('\n').trim(),
  };
}
