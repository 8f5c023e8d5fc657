import type { IncomingResponse } from '../../../kernel/index.ts';

/** So much of a body that nobody wants is read, so that its connection can be used again. */
const drainBytes = 64 * 1024;
const drainMs = 2_000;

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it comes; rejects where it breaks off. */
  readonly pieces: AsyncGenerator<Uint8Array>;
  /** Says of an error in the body's middle what it is. */
  failure(error: unknown): unknown;
  /** Called once: true where the body was read to its end, so that the connection is free. */
  onEnd(isWhole: boolean): void;
}

/** An answer as the transport's users see it. */
export function receive({ status, headers, pieces, failure, onEnd }: Received): IncomingResponse {
  let isOver = false;
  const over = (isWhole: boolean) => {
    if (isOver) return;
    isOver = true;
    onEnd(isWhole);
  };
  let isDrained = false;

  async function drain(): Promise<void> {
    if (isOver || isDrained) return;
    isDrained = true;
    const late = setTimeout(() => over(false), drainMs);
    try {
      for (let left = drainBytes; !isOver && left >= 0; ) {
        const { done, value } = await pieces.next();
        if (done) return over(true);
        left -= value.length;
      }
    } catch {
      // Nobody wants to know.
    } finally {
      clearTimeout(late);
      over(false);
    }
  }

  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const { done, value } = await pieces.next();
        if (done) return over(true);
        yield value;
      }
    } catch (error) {
      over(false);
      throw failure(error);
    } finally {
      void drain();
    }
  }

  return {
    status,
    headers,
    body: body(),
    discard: () => void drain(),
  };
}
