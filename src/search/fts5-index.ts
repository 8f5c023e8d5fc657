import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/index.ts';
import { type Engine, joinRanks, type Leaf } from './engine.ts';
import { documentTokens, isPaired } from './tokens.ts';

/**
 * Our tokens hold ASCII letters and digits and any character beyond ASCII: exactly what the `ascii` tokenizer takes as
 * one token, whereas `unicode61` would cut at characters that are younger than its tables.
 */
const options = sql`content='', contentless_delete=1, tokenize='ascii'`;

/** bm25 weights of title, url, note, tags. */
const weights = sql`10.0, 2.0, 4.0, 6.0`;

interface Row {
  doc: number;
  rank: number;
}

/** The index in SQLite: two contentless tables, so that short fields are edited without the text. */
export const fts5Engine: Engine = {
  async createTables(db) {
    await sql`create table search_docs (doc integer primary key, id text not null unique)`.execute(
      db.query(),
    );
    await sql`create virtual table search_fields using fts5(title, url, note, tags, ${options})`.execute(
      db.query(),
    );
    await sql`create virtual table search_text using fts5(text, ${options})`.execute(db.query());
  },

  async writeFields(trx, doc, fields) {
    const { title, url, note, tags } = fields;
    await sql`insert or replace into search_fields (rowid, title, url, note, tags)
      values (${doc}, ${joined(title)}, ${joined(url)}, ${joined(note)}, ${joined(tags)})`.execute(
      trx.query(),
    );
  },

  async writeText(trx, doc, text) {
    await sql`insert or replace into search_text (rowid, text) values (${doc}, ${joined(text)})`.execute(
      trx.query(),
    );
  },

  async erase(trx, docs) {
    for (const table of [sql.raw('search_fields'), sql.raw('search_text')])
      await sql`delete from ${table} where ${among('rowid', docs)}`.execute(trx.query());
  },

  reading: (db, work) => work(db),

  async count(db, leaf, limit) {
    const { fields, text } = matches(leaf);
    let total = 0;
    for (const [table, match] of [
      [sql.raw('search_fields'), fields],
      [sql.raw('search_text'), text],
    ] as const) {
      if (match === undefined) continue;
      const { rows } = await sql<{ n: number }>`select count(*) as n from
        (select 1 from ${table} where ${table} match ${match} limit ${limit})`.execute(db.query());
      total += rows[0]!.n;
    }
    return total;
  },

  async find(db, leaf, within) {
    const { fields, text } = matches(leaf);
    // The plus keeps SQLite from asking the index once for each document, which counts the word anew each time.
    const limit = within === undefined ? sql`` : sql`and ${among('+rowid', within)}`;
    return joinRanks(
      await rowsOf(
        db,
        fields,
        (match) => sql<Row>`select rowid as doc, -bm25(search_fields, ${weights}) as rank
        from search_fields where search_fields match ${match} ${limit}`,
      ),
      await rowsOf(
        db,
        text,
        (match) => sql<Row>`select rowid as doc, -bm25(search_text) as rank
        from search_text where search_text match ${match} ${limit}`,
      ),
    );
  },

  among,
};

function among(column: string, values: readonly (string | number)[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.raw(column)} in (select value from json_each(${JSON.stringify(values)}))`;
}

async function rowsOf(
  db: Db,
  match: string | undefined,
  query: (match: string) => RawBuilder<Row>,
): Promise<readonly Row[]> {
  return match === undefined ? [] : (await query(match).execute(db.query())).rows;
}

function joined(text: string): string {
  return [...documentTokens(text)].join(' ');
}

function matches(leaf: Leaf): { fields: string | undefined; text: string | undefined } {
  const phrase = expression(leaf);
  if (leaf.field === 'text') return { fields: undefined, text: phrase };
  if (leaf.field !== undefined) return { fields: `${leaf.field} : (${phrase})`, text: undefined };
  return { fields: phrase, text: phrase };
}

/** Made of tokens alone, which hold no character that means anything to FTS5 between quotes. */
function expression({ tokens, open }: Leaf): string {
  const phrase = `"${tokens.join(' ')}"`;
  if (!open) return phrase;
  // The finished word is asked for as well, so that it ranks above words that merely begin like it.
  return isPaired(tokens.at(-1)!) ? `${phrase} *` : `${phrase} OR ${phrase} *`;
}
