import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/index.ts';
import { type Engine, joinRanks, type Leaf } from './engine.ts';
import { chunksOf, vectorText } from './postgres-chunks.ts';
import { documentTokens, isPaired } from './tokens.ts';
import type { SearchField } from './types.ts';

type Part = SearchField | 'tags';

/** What a hit in a field is worth; the text is 1. */
const weights = sql`case part when 'title' then 10.0 when 'tags' then 6.0 when 'note' then 4.0 when 'url' then 2.0 else 1.0 end`;

/** Rows written by one statement; each holds up to half a megabyte. */
const rowsAtOnce = 8;

interface Row {
  doc: number;
  part: Part;
  rank: number;
}

/** The index in Postgres: the same tokens with their places as tsvector, a long text in rows that overlap. */
export const postgresEngine: Engine = {
  async createTables(db) {
    await sql`create table search_docs (doc bigint generated always as identity primary key, id text not null unique)`.execute(
      db.query(),
    );
    await sql`create table search_parts (
      doc bigint not null references search_docs on delete cascade,
      part text not null, chunk integer not null, words tsvector not null, primary key (doc, part, chunk))`.execute(
      db.query(),
    );
    await sql`create index search_parts_words on search_parts using gin (words) with (gin_pending_list_limit = 1024)`.execute(
      db.query(),
    );
  },

  async writeFields(trx, doc, fields) {
    await sql`delete from search_parts where doc = ${doc} and part <> 'text'`.execute(trx.query());
    for (const part of ['title', 'url', 'note', 'tags'] as const) await write(trx, doc, part, fields[part]);
  },

  async writeText(trx, doc, text) {
    await sql`delete from search_parts where doc = ${doc} and part = 'text'`.execute(trx.query());
    await write(trx, doc, 'text', text);
  },

  async erase() {
    // The foreign key has taken the parts with the documents.
  },

  // The planner takes a vector of many kilobytes for a cheap value and would read them all instead of the index.
  reading: (db, work) =>
    db.transaction(async (trx) => {
      await sql`set local enable_seqscan = off`.execute(trx.query());
      const result = await work(trx);
      await sql`set local enable_seqscan = default`.execute(trx.query());
      return result;
    }),

  async count(db, leaf, limit) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from
      (select 1 from search_parts where ${has(leaf)} limit ${limit}) as hits`.execute(db.query());
    return rows[0]!.n;
  },

  async find(db, leaf, within) {
    const limit = within === undefined ? sql`` : sql`and ${among('doc', within)}`;
    const { rows } = await sql<Row>`select doc, part, ${weights} * (${rankOf(leaf)}) as rank
      from search_parts where ${has(leaf)} ${limit}`.execute(db.query());
    // The highest number stands for how many there are: near enough for a logarithm, and free.
    const total = await sql<{ n: number }>`select coalesce(max(doc), 0) as n from search_docs`.execute(
      db.query(),
    );
    const found =
      within === undefined ? new Set(rows.map((row) => row.doc)).size : await this.count(db, leaf, 10_000);
    // ts_rank knows nothing of how rare a word is; without this "the" would weigh as much as a name.
    const rarity = Math.log(1 + total.rows[0]!.n / (1 + found));
    const ranked = rows.map((row) => ({ ...row, rank: row.rank * rarity }));
    return joinRanks(
      ranked.filter((row) => row.part !== 'text'),
      ranked.filter((row) => row.part === 'text'),
    );
  },

  among,
};

function among(column: string, values: readonly (string | number)[]): RawBuilder<boolean> {
  const type = sql.raw(typeof values[0] === 'number' ? 'bigint[]' : 'text[]');
  return sql<boolean>`${sql.raw(column)} = any(${values}::${type})`;
}

async function write(trx: Db, doc: number, part: Part, text: string): Promise<void> {
  let number = 0;
  let rows: RawBuilder<unknown>[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    await sql`insert into search_parts (doc, part, chunk, words) values ${sql.join(rows)}`.execute(
      trx.query(),
    );
    rows = [];
  };
  for (const chunk of chunksOf(documentTokens(text))) {
    rows.push(sql`(${doc}, ${part}, ${number++}, ${vectorText(chunk)}::tsvector)`);
    if (rows.length >= rowsAtOnce) await flush();
  }
  await flush();
}

function has(leaf: Leaf): RawBuilder<boolean> {
  const inField = leaf.field === undefined ? sql`` : sql`and part = ${leaf.field}`;
  return sql<boolean>`words @@ ${query(leaf)} ${inField}`;
}

/** Made of tokens alone, which hold no character that means anything to tsquery between quotes. */
function query({ tokens, open }: Leaf): RawBuilder<unknown> {
  const phrase = tokens.map((token) => `'${token}'`).join(' <-> ');
  return sql`${open ? `${phrase}:*` : phrase}::tsquery`;
}

function rankOf(leaf: Leaf): RawBuilder<number> {
  const rank = sql<number>`ts_rank(words, ${query(leaf)})`;
  // The finished word counts once more, so that it ranks above words that merely begin like it.
  const finished = leaf.open && !isPaired(leaf.tokens.at(-1)!);
  return finished ? sql`${rank} + ts_rank(words, ${query({ ...leaf, open: false })})` : rank;
}
