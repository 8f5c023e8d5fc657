import type { Stats } from 'node:fs';
import { link, lstat, readdir, rename, unlink, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Digest, isDigest } from '../../kernel/index.ts';
import { isMissing } from './failure.ts';
import type { Layout } from './layout.ts';
import { syncFolders } from './sync-folders.ts';

/*
 * How a blob is freed while others write (docs/adr/0006-freeing-while-others-write.md): it is moved aside, looked at once
 * more, and only then taken away. Whoever relies on a blob touches it first, which succeeds before the move, and is then
 * seen by the second look, or fails after it, and puts the blob back or writes it anew.
 */

/** What lies in a blob's place, after putting back what was only just moved aside; undefined where nothing does. */
export async function lookUp(layout: Layout, digest: Digest): Promise<Stats | undefined> {
  const path = layout.pathOf(digest);
  const found = await statOf(path);
  if (found) return found;
  await reprieve(layout, digest);
  return statOf(path);
}

/** As `lookUp`, and nobody frees it for a while: its time of change is set anew where it is older than `renewAfterMs`. */
export async function touchBlob(
  layout: Layout,
  digest: Digest,
  renewAfterMs: number,
): Promise<Stats | undefined> {
  for (let tries = 0; tries < 3; tries++) {
    const found = await lookUp(layout, digest);
    if (!found?.isFile() || Date.now() - found.mtimeMs < renewAfterMs) return found;
    try {
      const now = new Date();
      await utimes(layout.pathOf(digest), now, now);
      return found;
    } catch (error) {
      // One that cannot be touched cannot be relied on; whoever wants it writes it anew.
      if (!isMissing(error)) return undefined;
    }
  }
  return undefined;
}

/** Takes a blob away unless somebody touched it since (epoch milliseconds). */
export async function freeBlob(layout: Layout, digest: Digest, untouchedSince: number): Promise<boolean> {
  const [path, aside] = [layout.pathOf(digest), layout.asideOf(digest)];
  const isOld = (found: Stats | undefined) => found?.isFile() === true && found.mtimeMs < untouchedSince;
  if (!isOld(await statOf(path))) return false;
  try {
    await rename(path, aside);
    const found = await statOf(aside);
    if (!found) return false;
    if (!isOld(found)) {
      await reprieve(layout, digest);
      return false;
    }
    await unlink(aside);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
  // Somebody may have put it back between the second look and its end.
  return (await statOf(path)) === undefined;
}

/** Puts back everything that a dead process moved aside. */
export async function reprieveAll(layout: Layout): Promise<void> {
  for (const name of await readdir(layout.condemned)) {
    const digest = name.replace('-', ':');
    if (isDigest(digest)) await reprieve(layout, digest);
  }
}

/** Puts a blob that was moved aside back into its place; one that was written anew meanwhile stays. */
async function reprieve(layout: Layout, digest: Digest): Promise<void> {
  const [path, aside] = [layout.pathOf(digest), layout.asideOf(digest)];
  try {
    await link(aside, path);
    await syncFolders([dirname(path)]);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (isMissing(error)) return;
    // Some file systems know no second name for a file.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EMLINK') return void (await rename(aside, path));
    if (code !== 'EEXIST') throw error;
  }
  await unlink(aside).catch((error) => {
    if (!isMissing(error)) throw error;
  });
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
