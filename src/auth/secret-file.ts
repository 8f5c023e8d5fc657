import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { newId } from '../kernel/index.ts';
import { authErrors } from './errors.ts';

/**
 * The text of a secret file; makes it (mode 0600) where there is none. Two processes that start together get the
 * same text. Throws `auth.badSecretFile` where `isValid` refuses what stands there.
 */
export function readOrMakeSecret(
  path: string,
  make: () => string,
  isValid: (text: string) => boolean,
): string {
  const text = findSecret(path) ?? makeSecret(path, make());
  if (!isValid(text)) throw authErrors.badSecretFile({ path });
  return text;
}

/** The text of a secret file, undefined where there is none. */
export function findSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function makeSecret(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${newId()}`;
  try {
    writeFileSync(draft, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true });
    // A link appears whole and never replaces what another process made in the meantime.
    linkSync(draft, path);
    return text;
  } catch (error) {
    const theirs = (error as NodeJS.ErrnoException).code === 'EEXIST' ? findSecret(path) : undefined;
    if (theirs === undefined) throw error;
    return theirs;
  } finally {
    rmSync(draft, { force: true });
  }
}
