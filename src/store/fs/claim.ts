import { lstat, readdir, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMissing } from './failure.ts';
import { ownedName, ownerState } from './owner.ts';

/** A claim is a file of this ending whose name says whose it is. */
const ending = '.owner';
const tries = 4;
const beatMs = 5_000;
/** An owner whose process cannot be looked up from here (another machine, container or boot) counts as dead after so long without a sign. */
const staleMs = 20_000;

/** The right to a folder that one process has at a time; it ends with the process. */
export class Claim {
  readonly #path: string;
  readonly #beat: NodeJS.Timeout;
  #lost = false;

  private constructor(path: string) {
    this.#path = path;
    this.#beat = setInterval(() => void this.#sign(), beatMs).unref();
  }

  /** Takes the folder; undefined where a live process has it. */
  static async take(folder: string): Promise<Claim | undefined> {
    for (let attempt = 0; attempt < tries; attempt++) {
      // Each has a name of its own, so taking away a dead one's can never take away a live one's. Who comes second sees
      // the first, since both write before they look; where both come at once, both step back and try again.
      const name = `${ownedName()}${ending}`;
      const path = join(folder, name);
      await writeFile(path, '', { flag: 'wx', mode: 0o600 });
      try {
        if (!(await isClaimed(folder, name))) return new Claim(path);
      } catch (error) {
        await unlink(path).catch(() => {});
        throw error;
      }
      await unlink(path).catch(() => {});
      await sleep(Math.random() * 20);
    }
    return undefined;
  }

  /** True once another process took this one for dead. */
  get lost(): boolean {
    return this.#lost;
  }

  async release(): Promise<void> {
    clearInterval(this.#beat);
    await unlink(this.#path).catch(() => {});
  }

  async #sign(): Promise<void> {
    const now = new Date();
    await utimes(this.#path, now, now).catch((error) => {
      if (isMissing(error)) this.#lost = true;
    });
  }
}

/** Whether a live process other than the named claim has the folder; claims of dead ones are taken away. */
export async function isClaimed(folder: string, own?: string): Promise<boolean> {
  let claimed = false;
  for (const name of await readdir(folder)) {
    if (name === own || !name.endsWith(ending)) continue;
    const path = join(folder, name);
    const state = ownerState(name.slice(0, -ending.length));
    if (state === 'alive' || (state === 'foreign' && !(await isStale(path)))) claimed = true;
    else if (state !== undefined) await unlink(path).catch(() => {});
  }
  return claimed;
}

async function isStale(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found === undefined || Date.now() - found.mtimeMs > staleMs;
}
