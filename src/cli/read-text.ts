import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorText } from '../kernel/index.ts';
import type { Io } from './context.ts';
import { cliErrors } from './errors.ts';

/** The largest file that an option may name. */
const maxBytes = 1024 * 1024;

/** The text of a file that an option names; throws `cli.unreadableFile`. */
export async function readText(io: Io, file: string): Promise<string> {
  const path = resolve(io.cwd, file);
  try {
    await using handle = await open(path, 'r');
    const { size } = await handle.stat();
    if (size > maxBytes) throw new Error(`it has ${size} bytes, more than ${maxBytes}`);
    return await handle.readFile('utf8');
  } catch (cause) {
    throw cliErrors.unreadableFile({ path, detail: errorText(cause) }, { cause });
  }
}
