import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type Descriptor, splitDigest } from '../../kernel/index.ts';
import { chunkBytes, storeErrors } from '../../store/index.ts';
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
  const joined = Buffer.allocUnsafeSlow(Math.min(chunkBytes, size));
  let filled = 0;
  let at = 0;
  const put = async (piece: Uint8Array) => {
    const writing = write(piece, at);
    hash.update(piece);
    await writing;
    at += piece.length;
  };
  for await (const chunk of steadyBlob(descriptor, open)) {
    if (at + filled + chunk.length > size) throw wrongSize(size, `more than ${size} bytes`);
    for (let taken = 0; taken < chunk.length; ) {
      const part = chunk.subarray(taken, taken + chunkBytes - filled);
      taken += part.length;
      if (part.length === chunkBytes) {
        await put(part);
        continue;
      }
      joined.set(part, filled);
      filled += part.length;
      if (filled < chunkBytes) continue;
      await put(joined);
      filled = 0;
    }
  }
  if (filled > 0) await put(joined.subarray(0, filled));
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
