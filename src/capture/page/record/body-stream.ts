import type { CdpSession } from '../cdp/connection.ts';

const readBytes = 1024 * 1024;

/** The body of a paused response, piece by piece; the request cannot be continued afterwards, only answered or failed. */
export async function* readBodyStream(session: CdpSession, requestId: string): AsyncGenerator<Uint8Array> {
  const { stream } = await session.send<{ stream: string }>('Fetch.takeResponseBodyAsStream', { requestId });
  try {
    while (true) {
      const piece = await session.send<{ data: string; base64Encoded?: boolean; eof: boolean }>('IO.read', {
        handle: stream,
        size: readBytes,
      });
      if (piece.data.length > 0) yield Buffer.from(piece.data, piece.base64Encoded ? 'base64' : 'utf8');
      if (piece.eof) return;
    }
  } finally {
    await session.send('IO.close', { handle: stream }).catch(() => {});
  }
}

/** Takes of a stream what comes in time and fits. */
export class PartialBody {
  /** True where time or bytes ended it. */
  cut = false;
  overBytes = false;
  readonly #limitMs: number;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  async *take(source: AsyncGenerator<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
    const end = performance.now() + this.#limitMs;
    let left = maxBytes;
    try {
      while (true) {
        const next = await this.#inTime(source.next(), end);
        if (next === undefined || next.done) {
          this.cut ||= next === undefined;
          return;
        }
        yield next.value.subarray(0, left);
        left -= next.value.length;
        if (left > 0) continue;
        this.cut = true;
        this.overBytes = true;
        return;
      }
    } finally {
      // Not awaited: a source that waits for bytes does not end before they come.
      source.return(undefined).catch(() => {});
    }
  }

  async #inTime<R>(work: Promise<R>, end: number): Promise<R | undefined> {
    if (!Number.isFinite(end)) return work;
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), Math.max(0, end - performance.now()));
    });
    work.catch(() => {});
    return Promise.race([work, over]).finally(() => clearTimeout(timer));
  }
}
