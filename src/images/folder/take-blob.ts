import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type Descriptor, splitDigest } from '../../kernel/index.ts';
import { chunksOf, storeErrors } from '../../store/index.ts';
import { steadyBlob } from './steady-blob.ts';

/**
 * Hands the bytes of a blob to `write` in pieces of 1 MiB, hashed meanwhile and read through breaks. Throws `store.mismatch`
 * where they are not the blob's, and never hands on more than its size.
 */
export async function takeBlob(
  descriptor: Descriptor,
  open: (start: number) => Promise<AsyncIterable<Uint8Array>>,
  write: (piece: Uint8Array, at: number) => Promise<void>,
): Promise<void> {
  const { digest, size } = descriptor;
  const { algorithm } = splitDigest(digest);
  const hash = createHash(algorithm);
  let at = 0;
  for await (const piece of chunksOf(steadyBlob(descriptor, open))) {
    if (at + piece.length > size) throw wrongSize(size, `more than ${size} bytes`);
    const writing = write(piece, at);
    hash.update(piece);
    await writing;
    at += piece.length;
  }
  if (at !== size) throw wrongSize(size, `${at} bytes`);
  const actual = `${algorithm}:${hash.digest('hex')}`;
  if (actual !== digest) throw storeErrors.mismatch({ expected: digest, actual });
}

const wrongSize = (wanted: number, actual: string) =>
  storeErrors.mismatch({ expected: `${wanted} bytes`, actual });

/** Writes a whole piece at its place. */
export async function writeAll(file: FileHandle, piece: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < piece.length; )
    done += (await file.write(piece, done, piece.length - done, at + done)).bytesWritten;
}
