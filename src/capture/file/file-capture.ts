import { createHash } from 'node:crypto';
import {
  type Clock,
  type Digest,
  type HttpTransport,
  type OnProgress,
  parseDigest,
  systemClock,
} from '../../kernel/index.ts';
import type { BlobStore, PartialBlob } from '../../store/index.ts';
import { captureErrors } from '../errors.ts';
import { plainMediaType } from '../snapshot/media-type.ts';
import type { CaptureOutcome } from '../types.ts';
import { findBeside } from './checksum/find-beside.ts';
import { download } from './download/download.ts';
import { defaultPartSizes, type PartSizes } from './download/plan.ts';
import { type Opened, Source } from './download/source.ts';
import { finishFile } from './finish-file.ts';
import { failedOutcome } from './outcome-of-failure.ts';
import type { PdfDescriber } from './pdf/describe-pdf.ts';

export interface FileCaptureOptions {
  readonly transport: HttpTransport;
  readonly store: BlobStore;
  /** For the config of snapshots and the `User-Agent`, for example `Holdfast/0.1.0`. */
  readonly software: string;
  readonly pdf: PdfDescriber;
  readonly clock?: Clock;
  readonly partSizes?: PartSizes;
  /** How long a server may send nothing before the connection counts as broken; milliseconds. */
  readonly stallMs?: number;
  /** Makes the pauses between tries longer or shorter. */
  readonly pauseFactor?: number;
}

export interface FileRequest {
  readonly url: string;
  /** Where the bytes are, if it is known that `url` leads there by other ways than redirects. */
  readonly at?: string;
  /** What the file has to be; throws `digest.malformed` for what is none. */
  readonly checksum?: string;
  /** True where a page is kept as a file too. */
  readonly anything?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** Keeps what is behind links to files, of any size, in parts and across breaks. */
export interface FileCapture {
  /**
   * Takes a snapshot of a file; undefined where the answer is a page. Throws where trying again may help (what came is kept
   * until then), where the store is full, and on cancel; a file that cannot be had is an outcome with its evidence.
   */
  capture(request: FileRequest): Promise<CaptureOutcome | undefined>;
}

const defaultStallMs = 30_000;

export function createFileCapture(options: FileCaptureOptions): FileCapture {
  const { transport, store, software, pdf, clock = systemClock, partSizes = defaultPartSizes } = options;
  const { stallMs = defaultStallMs, pauseFactor = 1 } = options;

  async function bring(request: FileRequest, partial: PartialBlob): Promise<CaptureOutcome | undefined> {
    const { url, at: address = url, checksum, anything = false, signal, onProgress } = request;
    const startedAt = clock.now();
    const given: Digest | undefined = checksum === undefined ? undefined : parseDigest(checksum);
    const looking = new AbortController();
    const beside = given
      ? Promise.resolve({ digest: given, source: '--checksum' })
      : findBeside(transport, address, AbortSignal.any([signal, looking.signal]));
    try {
      const source = new Source({ transport, url: address, signal, stallMs, clock, userAgent: software });
      const accept = (opened: Opened) => anything || given !== undefined || !isPage(opened);
      const shared = { url: address, source, partial, partSizes, clock, signal, onProgress, pauseFactor };
      const downloaded = await download({ ...shared, accept });
      if (!downloaded) return undefined;
      const { answer, resumed, changed } = downloaded;
      const mediaType = plainMediaType(answer.headers['content-type'] ?? '');
      const file = { url, answer, resumed, changed, mediaType, startedAt, software, pdf, signal };
      return await finishFile({ ...file, store, partial, checksum: await beside });
    } catch (error) {
      if (signal.aborted) throw captureErrors.cancelled({ url }, { cause: error });
      const outcome = failedOutcome(error, url, startedAt, partial.sizeBytes > 0);
      if (outcome) return outcome;
      throw error;
    } finally {
      looking.abort();
    }
  }

  return {
    async capture(request) {
      const { url, at = url, signal } = request;
      if (signal.aborted) throw captureErrors.cancelled({ url });
      const partial = await store.partial(keyOf(at));
      let outcome: CaptureOutcome | undefined;
      try {
        outcome = await bring(request, partial);
      } catch (error) {
        if (partial.sizeBytes === 0) await partial.discard();
        else await partial.close();
        throw error;
      }
      // Where there is an answer, nothing is to be gone on with.
      await partial.discard();
      return outcome;
    },
  };
}

/** The key of a file on its way in. */
export function keyOf(url: string): string {
  return `file-${createHash('sha256').update(url).digest('hex')}`;
}

function isPage({ answer }: Opened): boolean {
  const { 'content-type': type = '', 'content-disposition': disposition = '' } = answer.headers;
  const isHtml = ['text/html', 'application/xhtml+xml'].includes(plainMediaType(type));
  return isHtml && !/^\s*attachment\b/i.test(disposition);
}
