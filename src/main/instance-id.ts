import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configErrors } from '../config/index.ts';
import { errorText, newId } from '../kernel/index.ts';

/** The name that a data folder was given when it was first asked for; it tells receivers apart and nothing else. */
export function instanceId(folder: string): string {
  const path = join(folder, 'instance-id');
  try {
    writeFileSync(path, `${newId()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      throw configErrors.dataFolder({ path, detail: errorText(cause) }, { cause });
  }
  const id = readFileSync(path, 'utf8').trim();
  if (/^[0-9a-z]{26}$/.test(id)) return id;
  throw configErrors.dataFolder({ path, detail: 'it holds no id' });
}
