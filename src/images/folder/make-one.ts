import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesErrors } from '../errors.ts';
import { placeError } from './place-error.ts';

/** Makes one folder where it is missing; `.` is the root itself, which may be a link and is made with all above it. */
export async function makeOne(root: string, path: string, mode: number): Promise<void> {
  const full = join(root, path);
  try {
    const failure: unknown = await mkdir(full, { recursive: path === '.', mode }).then(
      () => undefined,
      (error) => error,
    );
    if (path !== '.' && !(await lstat(full)).isDirectory())
      throw imagesErrors.outsideLink({ path, place: root });
    if (failure && (failure as NodeJS.ErrnoException).code !== 'EEXIST') throw failure;
  } catch (error) {
    throw await placeError(full, error);
  }
}
