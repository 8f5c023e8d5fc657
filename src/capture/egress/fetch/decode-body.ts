import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
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
    const decoder = await decoderOf(coding, decoded);
    if (!decoder) return undefined;
    // The callback keeps an error from going unheard; whoever reads the decoder gets it thrown.
    decoded = pipeline(decoded, decoder, () => {});
  }
  return decoded;
}

async function decoderOf(coding: string, body: Readable) {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    case 'deflate':
      return (await isZlib(body)) ? createInflate() : createInflateRaw();
    default:
      return undefined;
  }
}

/** Servers send "deflate" with and without the zlib header: the first byte tells (RFC 1950 2.2). */
async function isZlib(body: Readable): Promise<boolean> {
  const first = await new Promise<Buffer | null>((resolve, reject) => {
    body.once('error', reject);
    body.once('end', () => resolve(null));
    const look = () => {
      const chunk = body.read();
      if (chunk === null) return void body.once('readable', look);
      resolve(chunk);
    };
    look();
  });
  if (first === null) return true;
  body.unshift(first);
  return (first[0]! & 0x0f) === 8;
}
