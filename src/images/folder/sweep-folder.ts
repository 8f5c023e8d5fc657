import { lstat, readdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { foreignMaxAgeMs, ownerState } from '../../store/index.ts';

/** Removes files whose names are `prefix` (it may name a folder below `root`) and the name of a process that is gone. */
export async function sweepFolder(root: string, prefix: string): Promise<void> {
  const folder = dirname(join(root, `${prefix}x`));
  const begin = prefix.slice(prefix.lastIndexOf('/') + 1);
  for (const name of await readdir(folder).catch(() => [])) {
    const state = name.startsWith(begin) ? ownerState(name.slice(begin.length)) : undefined;
    const path = join(folder, name);
    if (state === 'dead' || (state === 'foreign' && (await isOld(path)))) await unlink(path).catch(() => {});
  }
}

async function isOld(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > foreignMaxAgeMs;
}
