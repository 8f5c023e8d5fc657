import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Opens a part to be read: a plain file and nothing else, whatever lies on the medium under its name. */
export async function openToRead(place: string): Promise<FileHandle> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(place, flags);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Error('it is no file');
}

/** Fills a buffer from a place in a file as far as the file goes; gives how much came. */
export async function readFully(handle: FileHandle, into: Uint8Array, at: number): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await handle.read(into, filled, into.length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

/** Writes all of a buffer at a place in a file. */
export async function writeFully(handle: FileHandle, from: Uint8Array, at: number): Promise<void> {
  let done = 0;
  while (done < from.length)
    done += (await handle.write(from, done, from.length - done, at + done)).bytesWritten;
}
