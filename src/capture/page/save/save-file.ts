import type { Evidence, Verdict } from '../../../links/index.ts';
import { fileNameOfUrl } from '../../snapshot/file-name.ts';
import { fileArtifactType } from '../../snapshot/format.ts';
import { writeSnapshot } from '../../snapshot/write-snapshot.ts';
import type { CaptureOutcome } from '../../types.ts';
import { viewport } from '../browser/flags.ts';
import type { Download } from '../record/recorder.ts';
import type { Saving } from './saving.ts';

/** Keeps the bytes of a link that turned out to be a file. */
export async function saveFile(saving: Saving, download: Download): Promise<CaptureOutcome> {
  const { batch, startedAt, url, visit, browser, software, attempt } = saving;
  const { mediaType, blob } = download;
  const main = visit.recorder.exchanges.findLast((exchange) => exchange.type === 'document');
  const status = main?.status ?? 200;
  const { cappedAt } = visit.recorder;
  const whole: Verdict = cappedAt === undefined ? 'good' : 'truncated';
  const verdict: Verdict = status === 404 || status === 410 ? 'not-found' : status >= 400 ? 'failed' : whole;
  const evidence: Evidence[] = [{ code: 'download', details: { mediaType, sizeBytes: blob.sizeBytes } }];
  if (cappedAt !== undefined) evidence.unshift({ code: 'bytesCap', details: { limitBytes: cappedAt } });
  if (status >= 400) evidence.unshift({ code: 'httpStatus', details: { status } });
  if (download.url !== url) evidence.push({ code: 'redirectedTo', details: { url: download.url } });
  if (attempt > 1) evidence.push({ code: 'begunAnew', details: { attempts: attempt } });
  const about = {
    kind: 'file' as const,
    verdict,
    evidence,
    finalUrl: download.url,
    title: fileNameOfUrl(download.url, 'file'),
    description: '',
    author: '',
    publishedAt: '',
    language: '',
    siteName: '',
    measures: {
      resources: 0,
      missing: 0,
      sizeBytes: blob.sizeBytes,
      characters: 0,
      durationMs: Date.now() - startedAt,
    },
  };
  const written = await writeSnapshot(batch, {
    artifactType: fileArtifactType,
    config: {
      ...about,
      url,
      takenAt: new Date(startedAt).toISOString(),
      status,
      missing: [],
      viewport,
      software: `${software} ${browser.product}`,
    },
    layers: [{ role: 'file', mediaType, digest: blob.digest, size: blob.sizeBytes }],
    exchanges: visit.recorder.exchanges,
  });
  await batch.commit();
  return {
    ...about,
    digest: written.digest,
    takenAt: startedAt,
    formats: ['file', 'wacz'],
    searchText: about.title,
  };
}
