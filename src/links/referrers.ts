import { sql } from 'kysely';
import type { Db, Migration } from '../db/index.ts';
import type { Digest } from '../kernel/index.ts';

/** An artifact that belongs to a manifest. */
export interface Referrer {
  readonly subject: Digest;
  readonly artifactType: string;
  readonly artifact: Digest;
}

/** What belongs to a snapshot and was made later: artifacts whose `subject` is its manifest (image-spec 1.1). */
export interface Referrers {
  /** The artifact of that type; undefined where none is known. */
  find(subject: Digest, artifactType: string): Promise<Digest | undefined>;
  /** Remembers an artifact under its subject and type; a later one takes the place of an earlier one. */
  record(subject: Digest, artifactType: string, artifact: Digest): Promise<void>;
  /** Remembers an artifact unless one is known under its subject and type. */
  add(subject: Digest, artifactType: string, artifact: Digest): Promise<void>;
  /** All artifacts of a subject. */
  list(subject: Digest): Promise<readonly Digest[]>;
  /** Every artifact of every subject, in pages. */
  all(): AsyncIterable<Referrer>;
  /** Forgets an artifact whose bytes are gone. */
  forget(referrer: Referrer): Promise<void>;
}

interface Tables {
  referrers: { subject: string; artifact_type: string; artifact: string };
}

/** The table of artifacts by their subject and type. */
export const referrersMigrations: readonly Migration[] = [
  {
    name: 'links-2-referrers',
    async up(db) {
      await sql`create table referrers (
        subject text not null,
        artifact_type text not null,
        artifact text not null,
        primary key (subject, artifact_type)
      )`.execute(db.query());
    },
  },
];

/** Keeps referrers in a database that has `referrersMigrations`. */
export function createReferrers(db: Db): Referrers {
  const tables = db.query<Tables>();
  const rowsOf = (subject: Digest) =>
    tables.selectFrom('referrers').select('artifact').where('subject', '=', subject);
  return {
    async find(subject, artifactType) {
      const row = await rowsOf(subject).where('artifact_type', '=', artifactType).executeTakeFirst();
      return row?.artifact as Digest | undefined;
    },
    async record(subject, artifactType, artifact) {
      await tables
        .insertInto('referrers')
        .values({ subject, artifact_type: artifactType, artifact })
        .onConflict((conflict) => conflict.columns(['subject', 'artifact_type']).doUpdateSet({ artifact }))
        .execute();
    },
    async add(subject, artifactType, artifact) {
      await tables
        .insertInto('referrers')
        .values({ subject, artifact_type: artifactType, artifact })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async list(subject) {
      return (await rowsOf(subject).execute()).map((row) => row.artifact as Digest);
    },
    async *all() {
      for (let [subject, type] = ['', '']; ; ) {
        const rows = await tables
          .selectFrom('referrers')
          .selectAll()
          .where((eb) =>
            eb.or([
              eb('subject', '>', subject),
              eb.and([eb('subject', '=', subject), eb('artifact_type', '>', type)]),
            ]),
          )
          .orderBy('subject')
          .orderBy('artifact_type')
          .limit(500)
          .execute();
        for (const row of rows)
          yield {
            subject: row.subject as Digest,
            artifactType: row.artifact_type,
            artifact: row.artifact as Digest,
          };
        const last = rows.at(-1);
        if (!last) return;
        [subject, type] = [last.subject, last.artifact_type];
      }
    },
    async forget({ subject, artifactType, artifact }) {
      await tables
        .deleteFrom('referrers')
        .where('subject', '=', subject)
        .where('artifact_type', '=', artifactType)
        .where('artifact', '=', artifact)
        .execute();
    },
  };
}
