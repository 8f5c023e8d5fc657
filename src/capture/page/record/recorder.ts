import { type Digest, errorText } from '../../../kernel/index.ts';
import type { BlobBatch, BlobInfo } from '../../../store/index.ts';
import { refusalHeader } from '../../egress/index.ts';
import type { HeaderLine, TimedExchange } from '../../snapshot/format.ts';
import { CdpError, type CdpSession } from '../cdp/connection.ts';
import { Bodies, maxAnsweredBytes } from './bodies.ts';
import {
  describe,
  hasNoBody,
  headerOf,
  headersOf,
  isRedirect,
  type PausedRequest,
} from './paused-request.ts';
import { isDownload, isEndless, mediaTypeOf } from './response-kind.ts';
import { isStoreFault } from './store-fault.ts';

/** A link that is no page. */
export interface Download {
  readonly url: string;
  readonly mediaType: string;
  /** Absent where it is for others to fetch: it is large, or nobody knows how large. */
  readonly blob: BlobInfo | undefined;
}

/** A download above this is fetched by others, who can go on after a break. */
const handOverAboveBytes = 16 * 1024 * 1024;

/** A response body above this is taken as a stream, so that the browser need not hand it over in one message. */
const streamAboveBytes = 16 * 1024 * 1024;

export interface RecorderOptions {
  readonly session: CdpSession;
  readonly batch: BlobBatch;
  readonly startedAt: number;
  /** Frames whose requests are none of the page: popups. */
  readonly foreignFrames: ReadonlySet<string>;
  /** The most that all bodies may have, decoded. */
  readonly maxBytes: number;
  /** True where a download that says that it is large is left to others. */
  readonly handOver: boolean;
  /** How long the main document may keep coming. */
  readonly documentMs: number;
  /** Brings answers to an end of which no byte came for `idleMs`. */
  endResponses(idleMs: number): void;
  /** True once answers were cut for their size on their way to the browser. */
  isCutOff(): boolean;
}

/** Longer URLs are not recorded: nothing needs them, and a page can make many. */
const maxUrlLength = 64 * 1024;

/** Everything that the browser saw, in the order in which the answers came. */
export interface Recorder {
  readonly exchanges: readonly TimedExchange[];
  /** Set where the main document turned out to be a download. */
  readonly download: Promise<Download>;
  /** Rejects where the store cannot take what was recorded; resolves never. */
  readonly storeFault: Promise<never>;
  readonly bytes: number;
  /** The limit in bytes because of which a body was left out or cut; undefined while none was. */
  readonly cappedAt: number | undefined;
  /** True where the main document was still coming when its time was over. */
  readonly documentCut: boolean;
  /** The frame whose document decides about a download. */
  mainFrame: string | undefined;
  /** The media type of a picture by its bytes, for bodies that are one. */
  readonly pictureTypes: ReadonlyMap<Digest, string>;
  /** Resolves when no body is on its way into the store, or after `limitMs`. */
  settled(limitMs: number): Promise<void>;
  /** Adds an exchange that did not come through the browser. */
  add(exchange: TimedExchange): void;
  /** Keeps the main frame at the document that it shows. */
  stay(): void;
  /** Records nothing more; what still comes is let through, but for another main document. */
  stop(): void;
}

/** Records all responses at the browser's response stage (CDP Fetch domain): raw bytes before any charset is applied. */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const { session, startedAt } = options;
  const exchanges: TimedExchange[] = [];
  const open = new Set<Promise<void>>();
  const bodies = new Bodies(options);
  const found = Promise.withResolvers<Download>();
  const storeFault = Promise.withResolvers<never>();
  // Nobody may be waiting for it yet.
  storeFault.promise.catch(() => {});
  let stopped = false;
  let staying = false;
  let documentCut = false;

  const recorder: Recorder = {
    exchanges,
    pictureTypes: bodies.pictureTypes,
    download: found.promise,
    storeFault: storeFault.promise,
    get bytes() {
      return bodies.bytes;
    },
    get cappedAt() {
      return bodies.cappedAt ?? (options.isCutOff() ? options.maxBytes : undefined);
    },
    get documentCut() {
      return documentCut;
    },
    mainFrame: undefined,
    async settled(limitMs) {
      const late = new Promise((resolve) => setTimeout(resolve, limitMs).unref());
      await Promise.race([late, Promise.allSettled(open)]);
    },
    add: (exchange) => void exchanges.push(exchange),
    stay: () => {
      staying = true;
    },
    stop: () => {
      stopped = true;
      staying = true;
    },
  };

  const letThrough = (event: PausedRequest) =>
    session.send('Fetch.continueRequest', { requestId: event.requestId }).catch(() => {});
  const refuse = (event: PausedRequest, errorReason: string) =>
    session.send('Fetch.failRequest', { requestId: event.requestId, errorReason }).catch(() => {});

  async function take(event: PausedRequest): Promise<void> {
    const leaving = staying && event.resourceType === 'Document' && event.frameId === recorder.mainFrame;
    if (leaving || options.foreignFrames.has(event.frameId)) return void (await refuse(event, 'Aborted'));
    if (stopped || event.request.url.length > maxUrlLength) return void (await letThrough(event));
    const headers = headersOf(event);
    const exchange = describe(event, headers, Date.now() - startedAt);
    if (event.responseErrorReason || event.responseStatusCode === undefined) {
      exchanges.push({ ...exchange, error: event.responseErrorReason ?? 'Failed' });
      return void (await letThrough(event));
    }
    const refusal = headerOf(headers, refusalHeader);
    if (refusal !== undefined) {
      const error = `refused: ${refusal}`;
      exchanges.push({ ...exchange, status: 0, statusText: '', responseHeaders: [], error });
      return void (await refuse(event, refusal === 'failed' ? 'ConnectionFailed' : 'AccessDenied'));
    }
    if (isRedirect(event) || isEndless(headers) || hasNoBody(event)) {
      exchanges.push(exchange);
      return void (await letThrough(event));
    }
    await takeBody(event, headers, exchange);
  }

  async function takeBody(
    event: PausedRequest,
    headers: readonly HeaderLine[],
    exchange: TimedExchange,
  ): Promise<void> {
    const isMain = event.resourceType === 'Document' && event.frameId === recorder.mainFrame;
    const length = Number(headerOf(headers, 'content-length') ?? 0);
    const download = isMain && isDownload(headers);
    if (download && options.handOver && isForOthers(event, headers)) {
      exchanges.push(exchange);
      await refuse(event, 'Aborted');
      return found.resolve({
        url: event.request.url,
        mediaType: mediaTypeOf(headers),
        blob: undefined,
      });
    }
    const keep = ({ digest, sizeBytes }: BlobInfo) =>
      exchanges.push({ ...exchange, body: { digest, size: sizeBytes } });
    if (!bodies.admits(length, isMain ? Number.POSITIVE_INFINITY : maxAnsweredBytes)) {
      exchanges.push({ ...exchange, error: 'TooLarge' });
      return void (await refuse(event, 'BlockedByClient'));
    }
    const streamed = isMain || length > streamAboveBytes;
    try {
      if (download) {
        const blob = await bodies.takeStream(event, {});
        keep(blob);
        await refuse(event, 'Aborted');
        found.resolve({ url: event.request.url, mediaType: mediaTypeOf(headers), blob });
      } else if (streamed) {
        // A document that goes on for ever is shown as far as it came.
        const blob = await bodies.takeStream(event, {
          maxBytes: maxAnsweredBytes,
          ...(isMain && { limitMs: options.documentMs }),
        });
        keep(blob);
        documentCut ||= isMain && blob.cut;
        await bodies.answer(event, headers, blob);
      } else {
        keep(await bodies.takeWhole(event));
        await letThrough(event);
      }
    } catch (error) {
      if (isStoreFault(error)) storeFault.reject(error);
      exchanges.push({ ...exchange, error: reasonOf(error) });
      // What was taken as a stream can no longer be let through, and nothing may wait for it for ever.
      await (streamed ? refuse(event, 'ConnectionFailed') : letThrough(event));
    }
  }

  function isForOthers(event: PausedRequest, headers: readonly HeaderLine[]): boolean {
    const length = headerOf(headers, 'content-length');
    // One that does not say how long it is stays here: most are small, and nobody is asked twice for those.
    const isLarge = length !== undefined && Number(length) > Math.min(handOverAboveBytes, bodies.left);
    return event.request.method === 'GET' && isLarge;
  }

  session.on<PausedRequest>('Fetch.requestPaused', (event) => {
    const work = take(event).finally(() => open.delete(work));
    open.add(work);
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Response' }] });
  return recorder;
}

/** Why a body was not kept, as the snapshot's record says it. */
function reasonOf(error: unknown): string {
  const text = errorText(error);
  // The page gave the request up while its body was on the way.
  if (error instanceof CdpError && /InterceptionId/.test(text)) return 'Aborted';
  return text;
}
