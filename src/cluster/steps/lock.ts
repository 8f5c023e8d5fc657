import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { newId } from '../../kernel/index.ts';
import { stepsErrors } from './errors.ts';
import type { WorkFolder } from './work-folder.ts';

/**
 * Runs work that no second process may do in a work folder; throws `cluster.busy` where one does. A lock whose process is gone
 * is taken over.
 */
export async function withLock<R>({ lock, path }: WorkFolder, work: () => Promise<R>): Promise<R> {
  const mine = JSON.stringify({ pid: process.pid, began: await beginOf(process.pid) });
  for (let tries = 0; ; tries++) {
    try {
      const file = await open(lock, 'wx', 0o600);
      await file.writeFile(mine);
      await file.close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const held = await readFile(lock, 'utf8').catch(() => '');
    const { pid = 0, began } = pidOf(held);
    if (tries > 3 || (pid > 0 && began !== undefined && began === (await beginOf(pid))))
      throw stepsErrors.busy({ pid, path });
    await takeAway(lock, held);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Removes a lock, but not one that another process took in the meantime. */
async function takeAway(lock: string, held: string): Promise<void> {
  const aside = `${lock}.${newId()}`;
  try {
    await rename(lock, aside);
    if ((await readFile(aside, 'utf8')) !== held) await link(aside, lock);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

function pidOf(text: string): { pid?: number; began?: string } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** When a process began, so that a number that was given again is told apart; undefined where there is no such process. */
async function beginOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name before it may hold spaces and brackets; the 22nd field is the time (proc(5)).
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
