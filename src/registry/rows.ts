import { type Expression, type SqlBool, sql } from 'kysely';
import type { Db } from '../db/index.ts';

/** Why a manifest stays although no image tag, index or subject holds it: it was pushed by its digest, or a snapshot has it so (then it goes with the snapshot's bytes). */
export const pins = { none: 0, pushed: 1, published: 2 } as const;
export type Pin = (typeof pins)[keyof typeof pins];

/** The tables of this room. */
export interface RegistryTables {
  registry_repositories: { name: string; created_at: number };
  registry_manifests: {
    repository: string;
    digest: string;
    media_type: string;
    size_bytes: number;
    artifact_type: string | null;
    subject: string | null;
    /** JSON; kept where there is a subject, for lists of referrers. */
    annotations: string | null;
    /** See `pins`. */
    pinned: Pin;
    pushed_at: number;
  };
  registry_tags: {
    repository: string;
    tag: string;
    digest: string;
    /** 1 where a snapshot brought it: it holds nothing by itself, and goes when the snapshot's bytes do. */
    published: number;
    updated_at: number;
  };
  /** Which blobs and manifests a manifest names. */
  registry_parts: { repository: string; manifest: string; digest: string };
  registry_blobs: { repository: string; digest: string; size_bytes: number; touched_at: number };
  registry_robots: {
    id: string;
    name: string;
    secret_hash: string;
    rights: string;
    created_at: number;
    expires_at: number | null;
    last_used_at: number | null;
  };
  registry_quotas: { prefix: string; limit_bytes: number };
}

/** The database as this room sees it. */
export const tablesOf = (db: Db) => db.query<RegistryTables>();

/** True where a column names the repository `prefix` or one below it; an empty prefix is all of them. */
export function under(column: string, prefix: string): Expression<SqlBool> {
  if (prefix === '') return sql<SqlBool>`1 = 1`;
  // "0" follows "/" in the code points that names are sorted by, so this is a range of the index.
  return sql<SqlBool>`(${sql.ref(column)} = ${prefix} or (${sql.ref(column)} > ${`${prefix}/`} and ${sql.ref(column)} < ${`${prefix}0`}))`;
}
