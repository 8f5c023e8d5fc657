import { sql } from 'kysely';
import { codePointText, type Migration } from '../db/index.ts';

/** The tables of repositories with their manifests, image tags and blobs, of robots and of quotas. */
export const registryMigrations: readonly Migration[] = [
  {
    name: 'registry-1-repositories',
    async up(db) {
      const q = db.query();
      const sorted = codePointText(db);
      const statements = [
        sql`create table registry_repositories (name ${sorted} primary key, created_at bigint not null)`,
        sql`create table registry_manifests (
          repository ${sorted} not null references registry_repositories (name) on delete cascade,
          digest ${sorted} not null,
          media_type text not null,
          size_bytes bigint not null,
          artifact_type text,
          subject ${sorted},
          annotations text,
          pinned integer not null,
          pushed_at bigint not null,
          primary key (repository, digest)
        )`,
        sql`create index registry_manifests_by_subject on registry_manifests (repository, subject, digest)`,
        sql`create index registry_manifests_by_digest on registry_manifests (digest)`,
        sql`create table registry_tags (
          repository ${sorted} not null,
          tag ${sorted} not null,
          digest ${sorted} not null,
          published integer not null,
          updated_at bigint not null,
          primary key (repository, tag),
          foreign key (repository, digest) references registry_manifests (repository, digest) on delete cascade
        )`,
        sql`create index registry_tags_by_digest on registry_tags (repository, digest)`,
        sql`create table registry_parts (
          repository ${sorted} not null,
          manifest ${sorted} not null,
          digest ${sorted} not null,
          primary key (repository, manifest, digest),
          foreign key (repository, manifest) references registry_manifests (repository, digest) on delete cascade
        )`,
        sql`create index registry_parts_by_digest on registry_parts (repository, digest)`,
        sql`create table registry_blobs (
          repository ${sorted} not null references registry_repositories (name) on delete cascade,
          digest ${sorted} not null,
          size_bytes bigint not null,
          touched_at bigint not null,
          primary key (repository, digest)
        )`,
        sql`create index registry_blobs_by_digest on registry_blobs (digest, repository)`,
        sql`create table registry_robots (
          id text primary key,
          name text not null unique,
          secret_hash text not null unique,
          rights text not null,
          created_at bigint not null,
          expires_at bigint,
          last_used_at bigint
        )`,
        sql`create table registry_quotas (prefix ${sorted} primary key, limit_bytes bigint not null)`,
      ];
      for (const statement of statements) await statement.execute(q);
    },
  },
];
