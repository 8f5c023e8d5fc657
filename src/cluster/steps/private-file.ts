import { chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newId } from '../../kernel/index.ts';

/**
 * Makes a folder that its owner alone may read, with those above it. One that is there is taken where it is this user's and
 * private, empty or `known`; what others use (somebody may have named `/tmp`) is not closed to them: throws an Error with the
 * reason.
 */
export async function makePrivateFolder(path: string, { known = false } = {}): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await refuseForeign(path);
  const { mode } = await stat(path);
  if (!known && (mode & 0o77) !== 0 && (await readdir(path)).length > 0)
    throw new Error(`it holds files and others may enter it (mode ${(mode & 0o777).toString(8)})`);
  await chmod(path, 0o700);
}

/** Throws where a folder is another user's, who could put other files in the place of those that are written there. */
export async function refuseForeign(path: string): Promise<void> {
  const { uid } = await stat(path);
  if (uid !== process.geteuid?.()) throw new Error('it belongs to another user');
}

/** Writes a file that its owner alone may read (0600), whole or not at all, and durable when this resolves. */
export async function writePrivateFile(path: string, bytes: Uint8Array | string): Promise<void> {
  const draft = `${path}.${newId()}.draft`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes a rename in a folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The text of a file; undefined where there is none. Throws what the file system says, and where it is larger than `maxBytes`. */
export async function findText(path: string, maxBytes: number): Promise<string | undefined> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { size } = await file.stat();
    if (size > maxBytes) throw new RangeError(`it has ${size} bytes, at most ${maxBytes} are read`);
    return await readFile(file, 'utf8');
  } finally {
    await file.close();
  }
}
