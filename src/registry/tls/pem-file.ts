import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newId } from '../../kernel/index.ts';

/** The text of a file; undefined where there is none. */
export async function findFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a file that its owner alone may read, whole or not at all. `replace` puts it in the place of another; without it a
 * file that is there already wins. Resolves to what stands there then.
 */
export async function writeSecretFile(path: string, text: string, replace: boolean): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${newId()}`;
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    if (replace) await rename(draft, path);
    else await link(draft, path);
    return text;
  } catch (error) {
    const theirs = (error as NodeJS.ErrnoException).code === 'EEXIST' ? await findFile(path) : undefined;
    if (theirs === undefined) throw error;
    return theirs;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The PEM blocks of a text whose label ends so, for example all of `CERTIFICATE`. */
export function pemBlocks(text: string, label: string): readonly string[] {
  const blocks = text.matchAll(
    new RegExp(`-----BEGIN ([A-Z0-9 ]*${label})-----\\s[A-Za-z0-9+/=:,.\\s-]*?-----END \\1-----`, 'g'),
  );
  return [...blocks].map((block) => `${block[0]}\n`);
}
