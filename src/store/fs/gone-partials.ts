import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layout } from './layout.ts';
import { ownedName, ownerState } from './owner.ts';

/** No key begins so. */
const goneStart = '.gone-';

/** Takes a folder away with all that is in it: in one step, so that nobody finds half of it; whoever has claimed it calls this. */
export async function removePartial(layout: Layout, folder: string): Promise<void> {
  const gone = join(layout.partial, `${goneStart}${ownedName()}`);
  await rename(folder, gone);
  await rm(gone, { recursive: true, force: true });
}

/** Takes away folders that a killed process had only just begun to. */
export async function sweepPartials(layout: Layout): Promise<void> {
  for (const name of await readdir(layout.partial)) {
    if (!name.startsWith(goneStart) || ownerState(name.slice(goneStart.length)) === 'alive') continue;
    await rm(join(layout.partial, name), { recursive: true, force: true });
  }
}
