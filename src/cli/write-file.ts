import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorText, newId } from '../kernel/index.ts';
import { cliErrors } from './errors.ts';

/**
 * Writes a file whole or not at all: beside its place, synced, then renamed. `path` may be a folder, then `fileName`
 * names the file in it. Gives the path and the size; throws `cli.writeFailed`, or what the bytes' source throws.
 */
export async function writeFileWhole(
  path: string,
  fileName: string,
  body: AsyncIterable<Uint8Array>,
): Promise<{ path: string; sizeBytes: number }> {
  const isFolder = path.endsWith('/') || (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const target = isFolder ? join(path, fileName) : path;
  const draft = join(dirname(target), `.${basename(target).slice(0, 100)}.${newId()}.part`);
  const tried = async <R>(work: Promise<R>): Promise<R> =>
    work.catch((cause) => {
      throw cliErrors.writeFailed({ path: target, detail: errorText(cause) }, { cause });
    });
  if (isFolder) await tried(mkdir(path, { recursive: true }));
  const handle = await tried(open(draft, 'wx'));
  let sizeBytes = 0;
  try {
    for await (const chunk of body) {
      await tried(handle.writeFile(chunk));
      sizeBytes += chunk.length;
    }
    await tried(handle.sync());
    await handle.close();
    await tried(rename(draft, target));
    return { path: target, sizeBytes };
  } finally {
    await handle.close().catch(() => {});
    await rm(draft, { force: true });
  }
}
