import { type Digest, errorText } from '../../../kernel/index.ts';
import type { BlobBatch, BlobInfo } from '../../../store/index.ts';
import { refusalHeader } from '../../egress/index.ts';
import type { HeaderLine, TimedExchange } from '../../snapshot/format.ts';
import { CdpError, type CdpSession } from '../cdp/connection.ts';
import { pictureType } from '../compose/picture-type.ts';
import { PartialBody, readBodyStream } from './body-stream.ts';
import { isDownload, isEndless, mediaTypeOf } from './response-kind.ts';

interface PausedRequest {
  requestId: string;
  request: {
    url: string;
    urlFragment?: string;
    method: string;
    headers: Record<string, string>;
    postData?: string;
  };
  frameId: string;
  resourceType: string;
  responseErrorReason?: string;
  responseStatusCode?: number;
  responseStatusText?: string;
  responseHeaders?: { name: string; value: string }[];
}

/** The bytes of a link that is no page. */
export interface Download {
  readonly url: string;
  readonly mediaType: string;
  readonly blob: BlobInfo;
}

/** The largest body that is handed back to the browser after it was taken as a stream: it goes there as one message. */
const maxAnsweredBytes = 40 * 1024 * 1024;

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
  /** How long the main document may keep coming. */
  readonly documentMs: number;
  /** Brings answers to an end of which no byte came for `idleMs`. */
  endResponses(idleMs: number): void;
}

/** Everything that the browser saw, in the order in which the answers came. */
export interface Recorder {
  readonly exchanges: readonly TimedExchange[];
  /** Set where the main document turned out to be a download. */
  readonly download: Promise<Download>;
  readonly bytes: number;
  /** True once a body was left out because of the cap. */
  readonly capped: boolean;
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
  /** Records nothing more; what still comes is let through. */
  stop(): void;
}

/** Records all responses at the browser's response stage (CDP Fetch domain): raw bytes before any charset is applied. */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const { session, batch, startedAt, maxBytes } = options;
  const exchanges: TimedExchange[] = [];
  const open = new Set<Promise<void>>();
  const pictureTypes = new Map<Digest, string>();
  let bytes = 0;
  let capped = false;
  let stopped = false;
  let cutDocuments = 0;
  let tellDownload: (download: Download) => void = () => {};
  const download = new Promise<Download>((resolve) => {
    tellDownload = resolve;
  });

  const recorder: Recorder = {
    exchanges,
    pictureTypes,
    download,
    get bytes() {
      return bytes;
    },
    get capped() {
      return capped;
    },
    get documentCut() {
      return cutDocuments > 0;
    },
    mainFrame: undefined,
    async settled(limitMs) {
      const late = new Promise((resolve) => setTimeout(resolve, limitMs).unref());
      await Promise.race([late, Promise.allSettled(open)]);
    },
    add: (exchange) => void exchanges.push(exchange),
    stop: () => {
      stopped = true;
    },
  };

  const letThrough = (event: PausedRequest) =>
    session.send('Fetch.continueRequest', { requestId: event.requestId }).catch(() => {});
  const refuse = (event: PausedRequest, errorReason: string) =>
    session.send('Fetch.failRequest', { requestId: event.requestId, errorReason }).catch(() => {});

  async function take(event: PausedRequest): Promise<void> {
    if (stopped) return void (await letThrough(event));
    if (options.foreignFrames.has(event.frameId)) return void (await refuse(event, 'Aborted'));
    const headers = (event.responseHeaders ?? []).map(({ name, value }) => [name, value] as const);
    const exchange = describe(event, headers, Date.now() - startedAt);
    if (event.responseErrorReason || event.responseStatusCode === undefined) {
      exchanges.push({ ...exchange, error: event.responseErrorReason ?? 'Failed' });
      return void (await letThrough(event));
    }
    const refusal = headers.find(([name]) => name.toLowerCase() === refusalHeader.toLowerCase())?.[1];
    if (refusal !== undefined) {
      exchanges.push({
        ...exchange,
        status: 0,
        statusText: '',
        responseHeaders: [],
        error: `refused: ${refusal}`,
      });
      return void (await refuse(event, refusal === 'failed' ? 'ConnectionFailed' : 'AccessDenied'));
    }
    const isMainDocument = event.resourceType === 'Document' && event.frameId === recorder.mainFrame;
    if (isRedirect(event) || isEndless(headers) || hasNoBody(event)) {
      exchanges.push(exchange);
      return void (await letThrough(event));
    }
    const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
    const tooLong = length > maxBytes - bytes || (!isMainDocument && length > maxAnsweredBytes);
    if (bytes >= maxBytes || tooLong) {
      capped = true;
      exchanges.push({ ...exchange, error: 'TooLarge' });
      return void (await refuse(event, 'BlockedByClient'));
    }
    try {
      if (isMainDocument && isDownload(headers)) {
        const blob = await keepStream(
          event,
          exchange,
          new PartialBody(Number.POSITIVE_INFINITY, options.endResponses),
          maxBytes - bytes,
        );
        await refuse(event, 'Aborted');
        return tellDownload({ url: event.request.url, mediaType: mediaTypeOf(headers), blob });
      }
      if (isMainDocument || length > streamAboveBytes) {
        // A document that goes on for ever is shown as far as it came.
        const part = new PartialBody(
          isMainDocument ? options.documentMs : Number.POSITIVE_INFINITY,
          options.endResponses,
        );
        const blob = await keepStream(event, exchange, part, Math.min(maxAnsweredBytes, maxBytes - bytes));
        if (part.cut) cutDocuments++;
        return void (await answerFromBlob(event, headers, blob));
      }
      const { body, base64Encoded } = await session.send<{ body: string; base64Encoded: boolean }>(
        'Fetch.getResponseBody',
        { requestId: event.requestId },
      );
      const passed = letThrough(event);
      const decoded = Buffer.from(body, base64Encoded ? 'base64' : 'utf8');
      bytes += decoded.length;
      const blob = await batch.put(decoded);
      const picture = pictureType(decoded);
      if (picture) pictureTypes.set(blob.digest, picture);
      exchanges.push({ ...exchange, body: { digest: blob.digest, size: blob.sizeBytes } });
      await passed;
    } catch (error) {
      capped ||= bytes >= maxBytes;
      // The page gave the request up while its body was on the way.
      const gone = error instanceof CdpError && /InterceptionId/.test(error.message);
      exchanges.push({ ...exchange, error: gone ? 'Aborted' : errorText(error) });
      await letThrough(event);
    }
  }

  async function keepStream(
    event: PausedRequest,
    exchange: TimedExchange,
    part: PartialBody,
    fits: number,
  ): Promise<BlobInfo> {
    const blob = await batch.put(part.take(readBodyStream(session, event.requestId), fits));
    bytes += blob.sizeBytes;
    capped ||= part.overBytes;
    exchanges.push({ ...exchange, body: { digest: blob.digest, size: blob.sizeBytes } });
    return blob;
  }

  async function answerFromBlob(
    event: PausedRequest,
    headers: readonly HeaderLine[],
    blob: BlobInfo,
  ): Promise<void> {
    const body = Buffer.from(await batch.bytes(blob.digest, maxBytes)).toString('base64');
    const kept = headers.filter(
      ([name]) => !/^(content-encoding|content-length|transfer-encoding)$/i.test(name),
    );
    await session.send('Fetch.fulfillRequest', {
      requestId: event.requestId,
      responseCode: event.responseStatusCode,
      responseHeaders: kept.map(([name, value]) => ({ name, value })),
      body,
    });
  }

  session.on<PausedRequest>('Fetch.requestPaused', (event) => {
    const work = take(event).finally(() => open.delete(work));
    open.add(work);
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Response' }] });
  return recorder;
}

function describe(event: PausedRequest, headers: readonly HeaderLine[], atMs: number): TimedExchange {
  return {
    url: event.request.url,
    method: event.request.method,
    requestHeaders: Object.entries(event.request.headers),
    ...(event.request.postData === undefined ? {} : { requestBody: event.request.postData }),
    type: event.resourceType.toLowerCase(),
    status: event.responseStatusCode ?? 0,
    statusText: event.responseStatusText ?? '',
    responseHeaders: headers,
    body: null,
    atMs,
  };
}

function isRedirect(event: PausedRequest): boolean {
  const status = event.responseStatusCode ?? 0;
  return (
    [301, 302, 303, 307, 308].includes(status) &&
    (event.responseHeaders ?? []).some((h) => h.name.toLowerCase() === 'location')
  );
}

function hasNoBody(event: PausedRequest): boolean {
  return (
    event.responseStatusCode === 204 || event.responseStatusCode === 304 || event.request.method === 'HEAD'
  );
}
