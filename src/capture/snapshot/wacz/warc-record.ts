import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { inPieces } from '../byte-streams.ts';
import type { HeaderLine } from '../format.ts';

/** One record of a WARC file; `content` may be read more than once and gives the same bytes each time. */
export interface WarcRecord {
  readonly headers: readonly HeaderLine[];
  readonly contentBytes: number;
  readonly content: () => AsyncIterable<Uint8Array>;
  /** False for what is compressed already. */
  readonly compressible: boolean;
}

/** A record as one gzip member (WARC/1.1, annex D), with the digest of its block. */
export async function* warcRecord(record: WarcRecord): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of record.content()) hash.update(chunk);
  const headers: readonly HeaderLine[] = [
    ...record.headers,
    ['WARC-Block-Digest', `sha256:${hash.digest('hex')}`],
    ['Content-Length', String(record.contentBytes)],
  ];
  const lines = headers.map(([name, value]) => `${name}: ${oneLine(value)}\r\n`).join('');
  async function* plain() {
    yield Buffer.from(`WARC/1.1\r\n${lines}\r\n`);
    yield* record.content();
    yield Buffer.from('\r\n\r\n');
  }
  yield* gzip(plain(), record.compressible ? 6 : 1);
}

/** A record's id that is the same each time the archive is made (RFC 9562, version 8). */
export function recordId(...name: readonly (string | number)[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(name)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `<urn:uuid:${parts.join('-')}>`;
}

/** A value that cannot begin another header. */
export function oneLine(value: string): string {
  return value.replace(/[\0\r\n]+/g, ' ');
}

async function* gzip(source: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Uint8Array> {
  const packer = createGzip({ level });
  // In pieces of one size, because what deflate makes of the bytes may hang on how they are handed in.
  const pump = pipeline(Readable.from(inPieces(source)), packer);
  // The loop below meets the same error; without this it would be unhandled as well.
  pump.catch(() => {});
  yield* packer;
  await pump;
}
