import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { checksumOf, field } from '../block.ts';
import { type TarHeader, tarEnd, tarEntry, tarHeader } from '../write-tar.ts';

/** A whole tar in memory. */
export async function tarOf(
  ...entries: readonly (readonly [TarHeader, (Uint8Array | string)?])[]
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (const [header, content = ''] of entries) {
    const body = Buffer.from(content);
    pieces.push(...(await Array.fromAsync(tarEntry({ sizeBytes: body.length, ...header }, body))));
  }
  return Buffer.concat([...pieces, tarEnd]);
}

/** A header as no honest program writes it: made of a sound one, changed, and its checksum set right again. */
export function forged(header: TarHeader, change: (block: Buffer) => void): Buffer {
  const block = Buffer.from(tarHeader(header));
  change(block);
  block.write(`${checksumOf(block).toString(8).padStart(6, '0')}\0 `, field.checksum[0], 'latin1');
  return block;
}

/** Bytes in pieces of a size, as a stream gives them. */
export async function* inPieces(bytes: Uint8Array, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes);
}

/** A stream's bytes as text. */
export const textOf = (body: AsyncIterable<Uint8Array>): Promise<string> => text(Readable.from(body));
