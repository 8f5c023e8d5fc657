import { constants, type FileHandle, open } from 'node:fs/promises';

/** The text (UTF-8) of an ordinary file of at most so many bytes; throws an Error with a reason that has none of its content. */
export async function readBounded(path: string, maxBytes: number): Promise<string> {
  // Not waiting: a pipe that nobody writes to must not hold a check.
  await using handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (!(await handle.stat()).isFile()) throw new Error('it is no ordinary file');
  const bytes = await bytesOf(handle, maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('it is no text in UTF-8');
  }
}

async function bytesOf(handle: FileHandle, maxBytes: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(maxBytes + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
  }
  throw new Error(`it has more than ${maxBytes} bytes`);
}
