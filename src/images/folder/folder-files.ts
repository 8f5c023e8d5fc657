import type { Dirent } from 'node:fs';
import { lstat, open, readdir, readlink, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { chunkBytes } from '../../store/index.ts';
import { imagesErrors } from '../errors.ts';
import type { ImageFiles } from './image-files.ts';
import { isMissing, placeError } from './place-error.ts';

/** Files of a folder, whose names can be listed. */
export interface FolderFiles extends ImageFiles {
  /** What lies in a folder, sorted by name; nothing where there is none. */
  list(path: string): Promise<readonly Dirent[]>;
  /** Where a symbolic link points, as it says; undefined for everything else. */
  linkOf(path: string): Promise<string | undefined>;
}

/** The files of a folder that may have come from anywhere: links are followed within it and never out of it. Throws `images.placeFailed`. */
export async function folderFiles(place: string): Promise<FolderFiles> {
  const fail = async (path: string, error: unknown) => {
    throw await placeError(join(place, path), error);
  };
  const root = await realpath(place).catch((error) => fail('', error));
  const inside = root.endsWith(sep) ? root : root + sep;

  /** Where something within the folder truly lies; undefined where there is nothing. */
  async function find(path: string, kind: 'isFile' | 'isDirectory') {
    try {
      const real = await realpath(join(root, path));
      const found = await lstat(real);
      if (!real.startsWith(inside) || !found[kind]()) throw imagesErrors.outsideLink({ path, place });
      return { real, sizeBytes: found.size };
    } catch (error) {
      return isMissing(error) ? undefined : fail(path, error);
    }
  }

  return {
    place,
    sizeOf: async (path) => (await find(path, 'isFile'))?.sizeBytes,
    async *read(path, start = 0) {
      try {
        const found = await find(path, 'isFile');
        await using file = await open(found?.real ?? join(root, path), 'r');
        for (let at = start; ; ) {
          const left = Math.max(1, (found?.sizeBytes ?? 0) - at);
          const piece = Buffer.allocUnsafe(Math.min(chunkBytes, left));
          const { bytesRead } = await file.read(piece, 0, piece.length, at);
          if (bytesRead === 0) return;
          at += bytesRead;
          yield piece.subarray(0, bytesRead);
        }
      } catch (error) {
        await fail(path, error);
      }
    },
    async list(path) {
      const found = await find(path, 'isDirectory');
      if (!found) return [];
      const entries = await readdir(found.real, { withFileTypes: true }).catch((error) => fail(path, error));
      return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    linkOf: (path) => readlink(join(root, path)).catch(() => undefined),
    close: async () => {},
  };
}
