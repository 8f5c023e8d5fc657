import { open } from 'node:fs/promises';

/** Makes the names in folders last through a power cut. */
export async function syncFolders(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await using folder = await open(path, 'r');
    await folder.sync();
  }
}
