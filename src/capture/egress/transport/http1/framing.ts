import type { OutgoingRequest } from '../../../../kernel/index.ts';

/** How the body of an answer ends (RFC 9112 6.3). */
export type Framing =
  | { readonly kind: 'length'; readonly sizeBytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' };

interface Asked {
  readonly method: OutgoingRequest['method'];
  readonly status: number;
  /** HTTP/1.0. */
  readonly isOld: boolean;
}

/** Tells where a body ends; throws where the headers leave it in doubt. */
export function framingOf(headers: ReadonlyMap<string, string>, { method, status, isOld }: Asked): Framing {
  const length = headers.get('content-length');
  const coding = headers.get('transfer-encoding');
  if (coding !== undefined && length !== undefined)
    throw new Error('the answer has both a length and a transfer coding');
  // Several lengths are joined by a comma and are refused with everything else that is no number.
  if (length !== undefined && !(/^\d{1,16}$/.test(length) && Number.isSafeInteger(Number(length))))
    throw new Error('its length is no number');
  if (method === 'HEAD' || status === 204 || status === 304) return { kind: 'length', sizeBytes: 0 };
  if (coding !== undefined) {
    if (isOld || coding.toLowerCase() !== 'chunked')
      throw new Error('it comes in a transfer coding that nobody asked for');
    return { kind: 'chunked' };
  }
  return length === undefined ? { kind: 'close' } : { kind: 'length', sizeBytes: Number(length) };
}
