import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { rangeHolds, type Validators, weigh } from './conditions.ts';
import { filesErrors } from './errors.ts';
import { type Range, rangesOf } from './range.ts';

/** A part of an answer's body: bytes as they are, or a range of the file. */
export type Part = Uint8Array | Range;

/** An answer that is decided upon and not begun. */
export interface Answer {
  readonly status: 200 | 206 | 304;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly parts: readonly Part[];
  /** Bytes of the body. */
  readonly answerBytes: number;
  /** Up to which byte of the file it goes. */
  readonly endByte: number;
}

interface Asked {
  readonly request: IncomingMessage;
  readonly file: Validators & { readonly sizeBytes: number };
  readonly mediaType: string;
  readonly mostRanges: number;
  readonly now: number;
}

/** Decides on status, headers and parts (RFC 9110 13 to 15); throws `files.precondition` and `files.badRange`. */
export function answerFor({ request, file, mediaType, mostRanges, now }: Asked): Answer {
  const { sizeBytes } = file;
  const headers = {
    'accept-ranges': 'bytes',
    etag: file.etag,
    ...(file.modifiedAt !== undefined && { 'last-modified': new Date(file.modifiedAt).toUTCString() }),
  };
  const weighed = weigh(request.headers, file);
  if (weighed === 'failed') throw filesErrors.precondition();
  if (weighed === 'notModified')
    return { status: 304, headers, parts: [], answerBytes: 0, endByte: sizeBytes };
  const whole: Answer = {
    status: 200,
    headers: { ...headers, 'content-type': mediaType, 'content-length': sizeBytes },
    parts: [{ start: 0, end: sizeBytes }],
    answerBytes: sizeBytes,
    endByte: sizeBytes,
  };
  // Ranges are defined for GET alone (RFC 9110 14.2).
  if (request.method !== 'GET' || !rangeHolds(oneOf(request.headers['if-range']), file, now)) return whole;
  const ranges = rangesOf(request.headers.range, sizeBytes, mostRanges);
  if (ranges === undefined) return whole;
  if (ranges === 'unsatisfiable') throw filesErrors.badRange({ sizeBytes });
  const [first] = ranges;
  return ranges.length === 1 && first
    ? oneRange(headers, mediaType, sizeBytes, first)
    : severalRanges(headers, mediaType, sizeBytes, ranges);
}

const oneOf = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);
const contentRange = ({ start, end }: Range, sizeBytes: number) => `bytes ${start}-${end - 1}/${sizeBytes}`;

function oneRange(headers: Answer['headers'], mediaType: string, sizeBytes: number, range: Range): Answer {
  const answerBytes = range.end - range.start;
  const own = { 'content-type': mediaType, 'content-length': answerBytes };
  return {
    status: 206,
    headers: { ...headers, ...own, 'content-range': contentRange(range, sizeBytes) },
    parts: [range],
    answerBytes,
    endByte: range.end,
  };
}

/** RFC 9110 14.6. */
function severalRanges(
  headers: Answer['headers'],
  mediaType: string,
  sizeBytes: number,
  ranges: readonly Range[],
): Answer {
  const boundary = randomBytes(16).toString('hex');
  const parts: Part[] = ranges.flatMap((range) => [
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${mediaType}\r\nContent-Range: ${contentRange(range, sizeBytes)}\r\n\r\n`,
    ),
    range,
  ]);
  parts.push(Buffer.from(`\r\n--${boundary}--\r\n`));
  const answerBytes = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  return {
    status: 206,
    headers: {
      ...headers,
      'content-type': `multipart/byteranges; boundary=${boundary}`,
      'content-length': answerBytes,
    },
    parts,
    answerBytes,
    endByte: Math.max(...ranges.map(({ end }) => end)),
  };
}

/** Bytes of a part. */
export const lengthOf = (part: Part): number =>
  part instanceof Uint8Array ? part.length : part.end - part.start;
