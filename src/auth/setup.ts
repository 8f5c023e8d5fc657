import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { authErrors } from './errors.ts';
import { findSecret, readOrMakeSecret } from './secret-file.ts';
import { equalSecrets, newSecret, type RandomBytes } from './secrets.ts';

/** The code that proves, at the first start, that a visitor can read the server's data folder. */
export function createSetupCode(dataDir: string, random: RandomBytes) {
  const path = join(dataDir, 'setup-code');
  return {
    /** Makes sure that the file stands there; gives its path, never the code. */
    prepare(): string {
      readOrMakeSecret(
        path,
        () => newSecret(random),
        (text) => text.length >= 20,
      );
      return path;
    },
    /** Throws `auth.badSetupCode` for anything but the code. */
    check(code: string): void {
      const expected = findSecret(path);
      if (expected === undefined || expected.length < 20 || !equalSecrets(code.trim(), expected))
        throw authErrors.badSetupCode();
    },
    discard: () => rm(path, { force: true }),
  };
}
