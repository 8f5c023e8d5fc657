import type { Db } from '../../db/index.ts';
import type { Digest } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import { isHeldUnder, listQuotas, type Quota, usedBytes } from './quotas.repo.ts';

/** The quotas that cover a repository. */
async function quotasOver(db: Db, repository: string): Promise<readonly Quota[]> {
  const quotas = await listQuotas(db);
  return quotas.filter(
    ({ prefix }) => prefix === '' || repository === prefix || repository.startsWith(`${prefix}/`),
  );
}

/** Throws `registry.quota` for so many bytes more than there is room for. */
export type CheckRoom = (bytes: number) => void;

/** A check of bytes whose digest is not known yet, against what is taken now. */
export async function roomCheck(db: Db, repository: string): Promise<CheckRoom> {
  const taken: { readonly quota: Quota; readonly used: number }[] = [];
  for (const quota of await quotasOver(db, repository))
    taken.push({ quota, used: await usedBytes(db, quota.prefix) });
  return (bytes) => {
    for (const { quota, used } of taken) check(quota, used, bytes);
  };
}

/** Throws `registry.quota` where there is no room for a blob or manifest; what is held under a prefix already costs nothing there. */
export async function assertRoom(db: Db, repository: string, bytes: number, digest: Digest): Promise<void> {
  for (const quota of await quotasOver(db, repository))
    if (!(await isHeldUnder(db, quota.prefix, digest)))
      check(quota, await usedBytes(db, quota.prefix), bytes);
}

function check({ prefix, limitBytes }: Quota, used: number, bytes: number): void {
  if (used + bytes > limitBytes)
    throw registryErrors.quota({
      prefix: prefix === '' ? '*' : prefix,
      usedBytes: used,
      limitBytes,
      neededBytes: bytes,
    });
}
