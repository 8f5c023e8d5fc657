import type { Evidence, Verdict } from '../../../links/index.ts';
import type { BlobInfo } from '../../../store/index.ts';
import { saveFile } from '../../file/save-file.ts';
import { fileNameOfUrl } from '../../snapshot/file-name.ts';
import type { CaptureOutcome } from '../../types.ts';
import { viewport } from '../browser/flags.ts';
import type { Download } from '../record/recorder.ts';
import type { Saving } from './saving.ts';

/** Keeps the bytes of a link that turned out to be a file and came through the browser. */
export function saveDownload(saving: Saving, download: Download, blob: BlobInfo): Promise<CaptureOutcome> {
  const { batch, startedAt, url, visit, browser, software, attempt, pdf } = saving;
  const { mediaType } = download;
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
  return saveFile({
    batch,
    blob,
    mediaType,
    url,
    finalUrl: download.url,
    title: fileNameOfUrl(download.url, 'file'),
    startedAt,
    status,
    verdict,
    evidence,
    exchanges: visit.recorder.exchanges,
    viewport,
    software: `${software} ${browser.product}`,
    pdf,
    signal: saving.signal,
  });
}
