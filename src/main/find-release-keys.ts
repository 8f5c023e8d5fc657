import { readFile } from 'node:fs/promises';
import { type Config, configErrors } from '../config/index.ts';
import { errorText } from '../kernel/index.ts';

/**
 * The keys that are trusted to sign releases, of the file that the configuration names; throws `config.unreadable` where it
 * cannot be read or holds none, so that nobody takes a release for verified that is not.
 */
export async function findReleaseKeys({
  releaseKeys: path,
}: Pick<Config, 'releaseKeys'>): Promise<readonly string[]> {
  if (path === null) return [];
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw configErrors.unreadable({ path, detail: errorText(cause) }, { cause });
  });
  if (!text.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----'))
    throw configErrors.unreadable({ path, detail: 'it holds no armored public key' });
  return [text];
}
