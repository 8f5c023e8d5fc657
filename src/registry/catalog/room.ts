import type { Db } from '../../db/index.ts';
import type { Digest } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import { isHeldUnder, listQuotas, usedBytes } from './quotas.repo.ts';

/** Throws `registry.quota` where a quota that covers the repository leaves no room; what is held under its prefix already costs nothing. */
export async function assertRoom(
  db: Db,
  repository: string,
  bytes: number,
  digest: Digest | undefined,
): Promise<void> {
  for (const { prefix, limitBytes } of await listQuotas(db)) {
    if (prefix !== '' && repository !== prefix && !repository.startsWith(`${prefix}/`)) continue;
    if (digest !== undefined && (await isHeldUnder(db, prefix, digest))) continue;
    const used = await usedBytes(db, prefix);
    if (used + bytes > limitBytes)
      throw registryErrors.quota({
        prefix: prefix === '' ? '*' : prefix,
        usedBytes: used,
        limitBytes,
        neededBytes: bytes,
      });
  }
}
