import { statfs } from 'node:fs/promises';
import { errorText, HoldfastError } from '../../kernel/index.ts';
import { storeErrors } from '../errors.ts';

/** Turns an error of the file system into one of the store's; `neededBytes` is what was to be written. */
export async function failure(place: string, error: unknown, neededBytes: number): Promise<HoldfastError> {
  if (error instanceof HoldfastError) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const disk = await statfs(place).catch(() => undefined);
    const freeBytes = disk ? disk.bavail * disk.bsize : 0;
    return storeErrors.full({ place, neededBytes, freeBytes }, { cause: error });
  }
  return storeErrors.unwritable({ place, detail: errorText(error) }, { cause: error });
}

/** True for the error of a file that is not there. */
export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
