import { type Digest, errorText } from '../../../kernel/index.ts';
import type { BlobBatch, BlobInfo } from '../../../store/index.ts';
import type { HeaderLine } from '../../snapshot/format.ts';
import type { CdpSession } from '../cdp/connection.ts';
import { pictureType } from '../compose/picture-type.ts';
import { PartialBody, readBodyStream } from './body-stream.ts';
import type { PausedRequest } from './paused-request.ts';

/** The largest body that is handed back to the browser after it was taken as a stream: it goes there as one message. */
export const maxAnsweredBytes = 40 * 1024 * 1024;

/** A body that does not fit under the cap of its capture. */
export class TooLarge extends Error {
  override readonly message = 'TooLarge';
}

/** Takes bodies out of paused requests and into the batch, within the cap of the capture. */
export class Bodies {
  /** The media type of a picture by its bytes, for bodies that are one. */
  readonly pictureTypes = new Map<Digest, string>();
  bytes = 0;
  /** The limit in bytes because of which a body was left out or cut, the first one; undefined while none was. */
  cappedAt: number | undefined;
  readonly #session: CdpSession;
  readonly #batch: BlobBatch;
  readonly #maxBytes: number;
  readonly #endResponses: (idleMs: number) => void;

  constructor(options: {
    session: CdpSession;
    batch: BlobBatch;
    maxBytes: number;
    endResponses(idleMs: number): void;
  }) {
    this.#session = options.session;
    this.#batch = options.batch;
    this.#maxBytes = options.maxBytes;
    this.#endResponses = options.endResponses;
  }

  /** What may still come. */
  get left(): number {
    return Math.max(0, this.#maxBytes - this.bytes);
  }

  /** Whether a body of that length may come: it fits under the cap and is at most `maxBytes`. */
  admits(length: number, maxBytes: number): boolean {
    if (this.left > 0 && length <= Math.min(this.left, maxBytes)) return true;
    this.cappedAt ??= this.left > 0 && length <= this.left ? maxBytes : this.#maxBytes;
    return false;
  }

  /** Takes a body in one message; throws `TooLarge` where it does not fit. The request is still to be continued. */
  async takeWhole(event: PausedRequest): Promise<BlobInfo> {
    const { body, base64Encoded } = await this.#session
      .send<{ body: string; base64Encoded: boolean }>('Fetch.getResponseBody', { requestId: event.requestId })
      .catch((error) => {
        // One message of the browser may not hold it.
        if (!/too large/.test(errorText(error))) throw error;
        this.cappedAt ??= maxAnsweredBytes;
        throw new TooLarge();
      });
    const decoded = Buffer.from(body, base64Encoded ? 'base64' : 'utf8');
    if (decoded.length > this.left) {
      this.cappedAt ??= this.#maxBytes;
      throw new TooLarge();
    }
    this.bytes += decoded.length;
    const blob = await this.#batch.put(decoded);
    const picture = pictureType(decoded);
    if (picture) this.pictureTypes.set(blob.digest, picture);
    return blob;
  }

  /** Takes of a body what comes within `limitMs` and fits; the request can then only be answered or failed. */
  async takeStream(
    event: PausedRequest,
    {
      maxBytes = Number.POSITIVE_INFINITY,
      limitMs = Number.POSITIVE_INFINITY,
    }: { maxBytes?: number; limitMs?: number },
  ): Promise<BlobInfo & { cut: boolean }> {
    const part = new PartialBody(limitMs, this.#endResponses);
    const [left, fits] = [this.left, Math.min(maxBytes, this.left)];
    const blob = await this.#batch.put(part.take(readBodyStream(this.#session, event.requestId), fits));
    this.bytes += blob.sizeBytes;
    if (part.overBytes) this.cappedAt ??= fits < left ? maxBytes : this.#maxBytes;
    return { ...blob, cut: part.cut };
  }

  /** Gives the browser a body that was taken as a stream. */
  async answer(event: PausedRequest, headers: readonly HeaderLine[], blob: BlobInfo): Promise<void> {
    const body = Buffer.from(await this.#batch.bytes(blob.digest, maxAnsweredBytes)).toString('base64');
    const kept = headers.filter(
      ([name]) => !/^(content-encoding|content-length|transfer-encoding)$/i.test(name),
    );
    await this.#session.send('Fetch.fulfillRequest', {
      requestId: event.requestId,
      responseCode: event.responseStatusCode,
      responseHeaders: kept.map(([name, value]) => ({ name, value })),
      body,
    });
  }
}
