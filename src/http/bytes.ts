import type { HttpContext } from './context.ts';

/** Bytes on their way to a client. */
export interface Bytes {
  readonly body: AsyncIterable<Uint8Array>;
  readonly sizeBytes?: number | undefined;
}

/**
 * Answers with bytes: `Range` (one range, RFC 9110, 14), `HEAD`, and `If-None-Match` where `etag` names content that
 * never changes.
 */
export function answerBytes(
  c: HttpContext,
  { body, sizeBytes }: Bytes,
  headers: Record<string, string>,
  etag?: string,
): Response {
  const all = new Headers(headers);
  if (etag !== undefined) all.set('ETag', `"${etag}"`);
  if (etag !== undefined && hasTag(c.req.header('if-none-match'), etag)) {
    release(body);
    return new Response(null, { status: 304, headers: all });
  }
  if (sizeBytes === undefined) return stream(c, body, 200, all);
  all.set('Accept-Ranges', 'bytes');
  // A range of another version than the client's would be joined to the wrong bytes.
  const condition = c.req.header('if-range');
  const asked = condition === undefined || condition === `"${etag}"` ? c.req.header('range') : undefined;
  const range = asked === undefined ? 'all' : parseRange(asked, sizeBytes);
  if (range === 'none') {
    release(body);
    all.set('Content-Range', `bytes */${sizeBytes}`);
    return new Response(null, { status: 416, headers: all });
  }
  if (range === 'all') {
    all.set('Content-Length', String(sizeBytes));
    return stream(c, body, 200, all);
  }
  all.set('Content-Range', `bytes ${range.start}-${range.end - 1}/${sizeBytes}`);
  all.set('Content-Length', String(range.end - range.start));
  return stream(c, slice(body, range.start, range.end), 206, all);
}

function stream(c: HttpContext, body: AsyncIterable<Uint8Array>, status: number, headers: Headers): Response {
  if (c.req.method !== 'HEAD') return new Response(toStream(body), { status, headers });
  release(body);
  return new Response(null, { status, headers });
}

/** True where `If-None-Match` names the tag, or any. */
export function hasTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header
    .split(',')
    .some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === `"${etag}"`);
}

/** One satisfiable range, `all` where the header asks for something that we need not honour, `none` where it lies outside. */
export function parseRange(
  header: string,
  sizeBytes: number,
): { start: number; end: number } | 'all' | 'none' {
  const [whole, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim()) ?? [];
  if (whole === undefined || (first === '' && last === '')) return 'all';
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? 'none' : { start: sizeBytes - length, end: sizeBytes };
  }
  const start = Number(first);
  const end = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (last !== '' && Number(last) < start) return 'all';
  return start >= sizeBytes ? 'none' : { start, end };
}

async function* slice(
  body: AsyncIterable<Uint8Array>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of body) {
    const piece = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at));
    at += chunk.length;
    if (piece.length > 0) yield piece;
    if (at >= end) return;
  }
}

function toStream(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Lets go of bytes that nobody will read, so that an open file behind them is closed. */
function release(body: AsyncIterable<Uint8Array>): void {
  body[Symbol.asyncIterator]()
    .return?.()
    .catch(() => {});
}

/** A `Content-Disposition` (RFC 6266) that saves under this name. */
export function attachment(fileName: string): string {
  // A lone surrogate can not be encoded.
  const name = fileName.toWellFormed();
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
