import type { Db } from '../../db/index.ts';
import * as repo from '../catalog/quotas.repo.ts';
import { parseRepositoryName } from '../names.ts';

/** A quota and how much of it is taken. */
export interface QuotaUse extends repo.Quota {
  readonly usedBytes: number;
}

/** The most bytes that the repositories under a prefix may hold, what they share counted once. */
export interface Quotas {
  /** Sets the quota of a repository and all below it, or of everything with an empty prefix; throws `registry.badName`. */
  set(prefix: string, limitBytes: number): Promise<void>;
  list(): Promise<readonly QuotaUse[]>;
  /** True where there was one. */
  remove(prefix: string): Promise<boolean>;
}

/** Keeps quotas in a database that has `registryMigrations`. */
export function createQuotas(db: Db): Quotas {
  return {
    async set(prefix, limitBytes) {
      await repo.setQuota(db, { prefix: prefix === '' ? '' : parseRepositoryName(prefix), limitBytes });
    },
    async list() {
      const quotas: QuotaUse[] = [];
      for (const quota of await repo.listQuotas(db))
        quotas.push({ ...quota, usedBytes: await repo.usedBytes(db, quota.prefix) });
      return quotas;
    },
    remove: (prefix) => repo.deleteQuota(db, prefix),
  };
}
