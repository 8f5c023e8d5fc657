import { statfs } from 'node:fs/promises';
import { errorText, HoldfastError } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';

/** Turns an error of the file system into one of ours; `neededBytes` is what was to be written. */
export async function placeError(place: string, error: unknown, neededBytes = 0): Promise<HoldfastError> {
  if (error instanceof HoldfastError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const disk = await statfs(place).catch(() => undefined);
    const freeBytes = disk ? disk.bavail * disk.bsize : 0;
    return imagesErrors.placeFull({ place, neededBytes, freeBytes }, { cause: error });
  }
  return imagesErrors.placeFailed({ place, detail: errorText(error) }, { cause: error });
}

/** True for the error of a file that is not there. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
