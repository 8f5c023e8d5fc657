import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { configErrors } from '../config/index.ts';
import { errorText } from '../kernel/index.ts';

/** What lies where in the data folder. */
export interface DataFolder {
  readonly folder: string;
  readonly database: string;
  readonly store: string;
}

/** Makes the data folder, readable by its owner alone, where it is missing; throws `config.dataFolder`. */
export function openDataFolder(folder: string): DataFolder {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw configErrors.dataFolder({ path: folder, detail: errorText(cause) }, { cause });
  }
  return { folder, database: join(folder, 'holdfast.sqlite'), store: join(folder, 'store') };
}
