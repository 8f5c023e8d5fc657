import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bundleErrors } from './errors.ts';

/** What something needs on the file system of a folder, in bytes. */
export interface SpaceNeed {
  readonly place: string;
  readonly neededBytes: number;
  readonly freeBytes: number;
}

/** The space on the file system of a folder, or of the nearest one above it that exists. */
export async function freeSpaceAt(place: string): Promise<{ freeBytes: number; blockBytes: number }> {
  for (let folder = place; ; folder = dirname(folder)) {
    const disk = await statfs(folder).catch(() => undefined);
    if (disk) return { freeBytes: disk.bavail * disk.bsize, blockBytes: disk.bsize };
    if (dirname(folder) === folder) return { freeBytes: 0, blockBytes: 4096 };
  }
}

/** Measures before anything is written; files take whole blocks. Throws `bundle.noSpace` where it does not fit. */
export async function needSpace(
  place: string,
  fileSizes: Iterable<number>,
  tell: (need: SpaceNeed) => void = () => {},
): Promise<SpaceNeed> {
  const { freeBytes, blockBytes } = await freeSpaceAt(place);
  let neededBytes = 0;
  for (const size of fileSizes) neededBytes += Math.ceil(size / blockBytes) * blockBytes;
  const need = { place, neededBytes, freeBytes };
  tell(need);
  if (neededBytes > freeBytes) throw bundleErrors.noSpace({ ...need });
  return need;
}
