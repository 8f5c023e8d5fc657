import { hasCode } from '../../kernel/index.ts';
import type { Evidence } from '../../links/index.ts';
import type { BlobInfo, BlobStore, PartialBlob } from '../../store/index.ts';
import { emptyOutcome } from '../empty-outcome.ts';
import type { TimedExchange } from '../snapshot/format.ts';
import type { CaptureOutcome } from '../types.ts';
import type { Checksum } from './checksum/checksum.ts';
import { headerDigest } from './checksum/header-digest.ts';
import type { Downloaded } from './download/download.ts';
import { fileTitle } from './file-title.ts';
import type { PdfDescriber } from './pdf/describe-pdf.ts';
import { saveFile } from './save-file.ts';

export interface FileToFinish extends Downloaded {
  readonly store: BlobStore;
  readonly partial: PartialBlob;
  readonly url: string;
  readonly mediaType: string;
  readonly startedAt: number;
  readonly software: string;
  readonly pdf: PdfDescriber;
  readonly signal: AbortSignal;
  /** Given, or found beside; what the server's headers say counts where there is none. */
  readonly checksum: Checksum | undefined;
}

/** Checks the bytes of a file that came in whole and writes its snapshot; of bytes that are wrong nothing is kept. */
export async function finishFile(file: FileToFinish): Promise<CaptureOutcome> {
  const { store, partial, url, answer, mediaType, startedAt, software, resumed, changed } = file;
  const checksum = file.checksum ?? headerDigest(answer.headers);
  const on: Evidence[] = [];
  if (answer.url !== url) on.push({ code: 'redirectedTo', details: { url: answer.url } });
  if (resumed > 0) on.push({ code: 'resumed', details: { times: resumed } });
  if (changed > 0) on.push({ code: 'fetchedAnew', details: { times: changed } });
  let blob: BlobInfo;
  try {
    blob = await partial.finish(checksum ? { digest: checksum.digest } : {});
  } catch (error) {
    if (!checksum || !hasCode(error, 'store.mismatch')) throw error;
    const { expected = '', actual = '' } = error.details;
    const mismatch: Evidence = {
      code: 'checksumMismatch',
      details: { source: checksum.source, expected, actual },
    };
    return emptyOutcome('file', url, startedAt, [mismatch, ...on]);
  }
  if (checksum) on.unshift({ code: 'checksumMatched', details: { source: checksum.source } });
  const { digest, sizeBytes } = blob;
  const batch = store.batch();
  try {
    return await saveFile({
      batch,
      blob,
      mediaType,
      url,
      finalUrl: answer.url,
      title: fileTitle(answer.headers['content-disposition'], [answer.url, url]),
      startedAt,
      status: 200,
      verdict: 'good',
      evidence: [{ code: 'download', details: { mediaType, sizeBytes } }, ...on],
      exchanges: [exchangeOf(file, { digest, size: sizeBytes })],
      software,
      pdf: file.pdf,
      signal: file.signal,
    });
  } catch (error) {
    await batch.abort();
    throw error;
  }
}

/** The answer as the record of the snapshot has it: as if it had come in one piece. */
function exchangeOf({ answer }: FileToFinish, body: TimedExchange['body']): TimedExchange {
  return {
    url: answer.url,
    method: 'GET',
    requestHeaders: [],
    type: 'document',
    status: 200,
    statusText: 'OK',
    responseHeaders: Object.entries(answer.headers),
    body,
    atMs: 0,
  };
}
