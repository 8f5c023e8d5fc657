import { chown, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'holdfast-browser-';

/** The account that browsers run as when the server runs as root: nobody; undefined where they run as the server does. */
export const browserAccount = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;

/** A fresh profile folder for one browser, owned by the account that the browser runs as. */
export async function makeProfile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  if (browserAccount) await chown(folder, browserAccount.uid, browserAccount.gid);
  return folder;
}

/** Removes a profile; a browser that is still dying may write for a moment, so it is tried a few times. */
export async function removeProfile(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => {});
}

/**
 * Removes the profiles that processes which are gone left behind, but none that another user put there: what that user
 * swaps for a link while it is removed would take files of ours with it.
 */
export async function sweepProfiles(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : Number.NaN;
    const folder = join(tmpdir(), name);
    if (Number.isInteger(pid) && !isAlive(pid) && (await isOurs(folder))) await removeProfile(folder);
  }
}

async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  const owners = [process.getuid?.(), browserAccount?.uid];
  return found?.isDirectory() === true && owners.includes(found.uid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
