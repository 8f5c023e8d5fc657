import { setTimeout as sleep } from 'node:timers/promises';
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

/** When a stream that stands still counts as ended, and how long it may take to come out after that. */
const stallMs = 8_000;
const drainMs = 2_000;

/** Takes of a body what comes in time and fits. */
export class PartialBody {
  /** True where time or bytes ended it. */
  cut = false;
  overBytes = false;
  readonly #limitMs: number;
  readonly #endResponses: (idleMs: number) => void;

  constructor(limitMs: number, endResponses: (idleMs: number) => void) {
    this.#limitMs = limitMs;
    this.#endResponses = endResponses;
  }

  async *take(source: AsyncGenerator<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
    let left = maxBytes;
    const stop = new AbortController();
    const ending = Number.isFinite(this.#limitMs) ? this.#endLate(stop.signal) : undefined;
    try {
      while (true) {
        const next = await (ending ? Promise.race([source.next(), ending]) : source.next());
        if (next === undefined || next.done) return;
        yield next.value.subarray(0, left);
        left -= next.value.length;
        if (left > 0) continue;
        this.cut = true;
        this.overBytes = true;
        return;
      }
    } finally {
      stop.abort();
      // Not awaited: a source that waits for bytes does not end before they come.
      source.return(undefined).catch(() => {});
    }
  }

  /** Ends the response where it comes from, since the browser gives out what it has only then; resolves when all hope is gone. */
  async #endLate(signal: AbortSignal): Promise<undefined> {
    const start = performance.now();
    const wait = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => {});
    while (!signal.aborted && performance.now() - start < this.#limitMs) {
      await wait(Math.min(500, this.#limitMs));
      if (performance.now() - start > stallMs) this.#endResponses(stallMs);
    }
    if (signal.aborted) return;
    this.cut = true;
    this.#endResponses(0);
    await wait(drainMs);
  }
}
