import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The file that says how far an export came: the tar that is being written, then the hash of each chunk, in order. */
export const journalName = 'export.journal';

const firstLine = (planId: string, partBytes: number) => `holdfast-export 1 ${planId} ${partBytes}`;
/** For a million chunks. */
const maxJournalBytes = 66 * 1024 * 1024;

/** The hashes that were noted for this very tar, as far as they were; undefined where the journal is of another one or there is none. */
export async function readJournal(
  folder: string,
  planId: string,
  partBytes: number,
): Promise<readonly string[] | undefined> {
  const path = join(folder, journalName);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size > maxJournalBytes) return undefined;
  const [first, ...lines] = (await readFile(path, 'latin1')).split('\n');
  if (first !== firstLine(planId, partBytes)) return undefined;
  const end = lines.findIndex((line) => !/^[0-9a-f]{64}$/.test(line));
  return lines.slice(0, end < 0 ? lines.length : end);
}

/** True where an export was begun in the folder, whichever. */
export async function hasJournal(folder: string): Promise<boolean> {
  return (await stat(join(folder, journalName)).catch(() => undefined)) !== undefined;
}

/** Notes the hashes of chunks in order. */
export class Journal {
  readonly #handle: FileHandle;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Begins a journal with what is known to be written already. */
  static async begin(
    folder: string,
    planId: string,
    partBytes: number,
    known: readonly string[],
  ): Promise<Journal> {
    const path = join(folder, journalName);
    const draft = `${path}.new`;
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile([firstLine(planId, partBytes), ...known, ''].join('\n'));
      await rename(draft, path);
      return new Journal(handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Not synced: what it says is checked against the parts before anybody trusts it. */
  note(hash: string): void {
    this.#writing = this.#writing.then(() => this.#handle.appendFile(`${hash}\n`));
    this.#writing.catch(() => {});
  }

  async close(): Promise<void> {
    await this.#writing.finally(() => this.#handle.close());
  }
}

/** Takes the journal away: the bundle is complete. */
export async function endJournal(folder: string): Promise<void> {
  await rm(join(folder, journalName), { force: true });
}
