import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configErrors } from '../config/index.ts';
import { errorText } from '../kernel/index.ts';

/** What lies where in the data folder. */
export interface DataFolder {
  readonly folder: string;
  readonly database: string;
  readonly store: string;
  /** Where the registry's authority and certificate lie. */
  readonly registry: string;
}

/** Makes the data folder, readable by its owner alone, where it is missing; throws `config.dataFolder`. */
export function openDataFolder(folder: string): DataFolder {
  try {
    makeFolder(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw configErrors.dataFolder({ path: folder, detail: errorText(cause) }, { cause });
  }
  return {
    folder,
    database: join(folder, 'holdfast.sqlite'),
    store: join(folder, 'store'),
    registry: join(folder, 'registry'),
  };
}

/** One level at a time: Node's own recursion does not end where a file system refuses with ENOENT (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
