import { sql } from 'kysely';
import { codePointText, type Migration } from '../db/index.ts';

/** The tables of links, their tags (with a row for every level of a tag) and their snapshots. */
export const linksMigrations: readonly Migration[] = [
  {
    name: 'links-1-links',
    async up(db) {
      const q = db.query();
      const sorted = codePointText(db);
      const statements = [
        sql`create table links (
          id ${sorted} primary key,
          url text not null,
          host text not null,
          key_hash text not null unique,
          own_title text,
          title text not null,
          sort_title ${sorted} not null,
          note text not null,
          added_at bigint not null,
          updated_at bigint not null,
          deleted_at bigint,
          snapshot_id text,
          capture_job_id text
        )`,
        sql`create index links_by_added on links (added_at, id)`,
        sql`create index links_by_updated on links (updated_at, id)`,
        sql`create index links_by_title on links (sort_title, id)`,
        sql`create index links_by_deleted on links (deleted_at) where deleted_at is not null`,
        sql`create index links_by_snapshot on links (snapshot_id)`,
        sql`create index links_by_job on links (capture_job_id)`,
        sql`create table tags (id text primary key, key text not null unique, name text not null)`,
        sql`create table tag_paths (
          path_key ${sorted} not null,
          tag_id text not null references tags (id) on delete cascade,
          primary key (path_key, tag_id)
        )`,
        sql`create table link_tags (
          link_id ${sorted} not null references links (id) on delete cascade,
          tag_id text not null references tags (id),
          primary key (link_id, tag_id)
        )`,
        sql`create index link_tags_by_tag on link_tags (tag_id, link_id)`,
        sql`create table snapshots (
          id ${sorted} primary key,
          link_id ${sorted} not null references links (id) on delete cascade,
          job_id text not null unique,
          digest text,
          kind text not null,
          verdict text not null,
          taken_at bigint not null,
          final_url text not null,
          title text not null,
          description text not null,
          author text not null,
          published_at text not null,
          language text not null,
          site_name text not null,
          evidence text not null,
          formats text not null,
          measures text not null
        )`,
        sql`create index snapshots_by_link on snapshots (link_id, taken_at, id)`,
        sql`create index snapshots_by_digest on snapshots (digest)`,
      ];
      for (const statement of statements) await statement.execute(q);
    },
  },
  {
    name: 'links-3-options',
    async up(db) {
      await sql`alter table links add column options text not null default '{}'`.execute(db.query());
    },
  },
];
