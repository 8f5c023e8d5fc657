import { symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownedName } from '../../store/index.ts';
import { imagesErrors } from '../errors.ts';
import { placeError } from '../folder/place-error.ts';

/** What is asked of a file system; a test puts one in that cannot. */
export interface FileSystemProbe {
  writeFile(path: string, text: string, options: { mode: number }): Promise<void>;
  symlink(target: string, path: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

/** What FAT, exFAT, NTFS and network shares answer to names and links that they cannot hold. */
const cannot = new Set(['EINVAL', 'ENOENT', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EILSEQ']);

/** Tries a name with a colon and a link before anything is written; throws `images.unfitFileSystem`. */
export async function assertFits(
  place: string,
  fs: FileSystemProbe = { writeFile, symlink, unlink },
): Promise<void> {
  const name = `.tmp-${ownedName()}`;
  const [colon, link] = [join(place, `${name}:colon`), join(place, `${name}-link`)];
  try {
    await attempt(place, 'it refuses a name with a colon', () => fs.writeFile(colon, '', { mode: 0o600 }));
    await attempt(place, 'it refuses a symbolic link', () => fs.symlink(`${name}:colon`, link));
  } finally {
    for (const path of [colon, link]) await fs.unlink(path).catch(() => {});
  }
}

async function attempt(place: string, fault: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw cannot.has(code)
      ? imagesErrors.unfitFileSystem({ place, fault }, { cause: error })
      : await placeError(place, error);
  }
}
