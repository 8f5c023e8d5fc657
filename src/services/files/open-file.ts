import { constants } from 'node:fs';
import { type FileHandle, open, readlink, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { errorText } from '../../kernel/index.ts';
import { filesErrors } from './errors.ts';
import type { Opened } from './opened.ts';

/** Without waiting, since a pipe of that name would never open. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Opens a regular file, with `root` only where it really lies below that folder, whatever links lead to it. Throws
 * `files.noFile` and `files.unreadable`, which name the URL's path and never the one on disk.
 */
export async function openFile(place: string, path: string, root?: string): Promise<Opened> {
  const file = await open(place, flags).catch((error) => {
    throw isMissing(error) ? filesErrors.noFile({ path }, { cause: error }) : unreadable(path, error);
  });
  try {
    const seen = await file.stat({ bigint: true });
    if (!seen.isFile() || (root !== undefined && !(await liesIn(file, root))))
      throw filesErrors.noFile({ path });
    const sizeBytes = Number(seen.size);
    const parts = [seen.size, seen.mtimeNs, seen.ctimeNs, seen.ino, seen.dev];
    return {
      sizeBytes,
      etag: `"${parts.map((part) => part.toString(36)).join('-')}"`,
      modifiedAt: Math.floor(Number(seen.mtimeMs) / 1_000) * 1_000,
      async read(into, at) {
        const { bytesRead } = await file.read(into, 0, into.length, at);
        // Asked after the read: what changed before it is seen, and what changes later does not matter to these bytes.
        const now = await file.stat({ bigint: true });
        if (bytesRead === 0 || now.size !== seen.size || now.mtimeNs !== seen.mtimeNs)
          throw filesErrors.changed({ path });
        return bytesRead;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Asks the kernel where the open file is, so that no link put in its way meanwhile counts. */
async function liesIn(file: FileHandle, root: string): Promise<boolean> {
  const [place, folder] = await Promise.all([readlink(`/proc/self/fd/${file.fd}`), realpath(root)]);
  return place.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

const missing = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'ENXIO']);
const isMissing = (error: unknown) => missing.has((error as NodeJS.ErrnoException).code ?? '');

const unreadable = (path: string, error: unknown) =>
  filesErrors.unreadable(
    { path, detail: (error as NodeJS.ErrnoException).code ?? errorText(error) },
    { cause: error },
  );
