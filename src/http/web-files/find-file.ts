import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A file that is sent, as it stands on the disk. */
export interface WebFile {
  readonly bytes: Uint8Array;
  readonly modifiedMs: number;
}

/** The most that one file of the web interface may have. */
const maxBytes = 32 * 1024 * 1024;

/** The segments of a URL path; undefined for one that could leave its folder or name something hidden. */
export function segmentsOf(urlPath: string): readonly string[] | undefined {
  const segments = urlPath.split('/').filter((segment) => segment !== '');
  const decoded: string[] = [];
  for (const segment of segments) {
    let name: string;
    try {
      name = decodeURIComponent(segment);
    } catch {
      return undefined;
    }
    if (!/^[A-Za-z0-9_@~+-][A-Za-z0-9_.@~+-]{0,200}$/.test(name)) return undefined;
    decoded.push(name);
  }
  return decoded;
}

/** Reads a file below `root`; undefined where there is none, also where a link leads out of the folder. */
export async function findFile(root: string, segments: readonly string[]): Promise<WebFile | undefined> {
  try {
    const base = await realpath(root);
    const path = await realpath(join(base, ...segments));
    if (!path.startsWith(base + sep)) return undefined;
    await using file = await open(path);
    const info = await file.stat();
    if (!info.isFile() || info.size > maxBytes) return undefined;
    return { bytes: await file.readFile(), modifiedMs: info.mtimeMs };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENAMETOOLONG')
      return undefined;
    throw error;
  }
}
