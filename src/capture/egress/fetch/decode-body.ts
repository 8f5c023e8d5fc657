import { pipeline, Readable } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

const maxCodings = 3;

/** Takes the content codings off a body (RFC 9110 8.4); undefined where a coding is unknown or too many are stacked. */
export async function decodeBody(body: Readable, contentEncoding: string): Promise<Readable | undefined> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > maxCodings) return undefined;
  let decoded = body;
  for (const coding of codings.reverse()) {
    const first = await peek(decoded);
    // Servers name a coding also where there is no body at all (204, 304, an empty file).
    if (first === undefined) return Readable.from([]);
    const decoder = decoderOf(coding, first);
    if (!decoder) return undefined;
    // The callback keeps an error from going unheard; whoever reads the decoder gets it thrown.
    decoded = pipeline(decoded, decoder, () => {});
  }
  return decoded;
}

function decoderOf(coding: string, first: number) {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    case 'deflate':
      // Servers send it with and without the zlib header, which begins with the method 8 (RFC 1950 2.2).
      return (first & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      return undefined;
  }
}

/** The first byte of a stream, left in it; undefined where it is empty. */
async function peek(stream: Readable): Promise<number | undefined> {
  for (;;) {
    const chunk: Buffer | null = stream.read();
    if (chunk !== null) {
      stream.unshift(chunk);
      return chunk[0];
    }
    if (stream.readableEnded) return undefined;
    await moreOf(stream);
  }
}

function moreOf(stream: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error) => {
      for (const name of ['readable', 'end', 'close']) stream.off(name, ended);
      stream.off('error', done);
      if (error) reject(error);
      else resolve();
    };
    const ended = () =>
      done(stream.destroyed && !stream.readableEnded ? new Error('the body broke off') : undefined);
    for (const name of ['readable', 'end', 'close']) stream.once(name, ended);
    stream.once('error', done);
  });
}
