import type { RawBuilder } from 'kysely';
import type { Db } from '../db/index.ts';
import type { SearchField } from './types.ts';

/** Tokens side by side, in one field or in any; `open` where the last may be the beginning of an indexed token. */
export interface Leaf {
  readonly tokens: readonly string[];
  readonly open: boolean;
  readonly field: SearchField | undefined;
}

/** Documents' numbers with a rank above 0. */
export type Ranks = Map<number, number>;

/** A document's short fields, ready to be cut into tokens; the order is that of the index's columns. */
export type FieldTexts = Readonly<Record<'title' | 'url' | 'note' | 'tags', string>>;

/** What FTS5 and Postgres do each in their way; everything else of the index is written once over it. */
export interface Engine {
  createTables(db: Db): Promise<void>;
  writeFields(trx: Db, doc: number, fields: FieldTexts): Promise<void>;
  writeText(trx: Db, doc: number, text: string): Promise<void>;
  erase(trx: Db, docs: readonly number[]): Promise<void>;
  /** Runs the queries of one match, with whatever the engine needs for them. */
  reading<R>(db: Db, work: (db: Db) => Promise<R>): Promise<R>;
  /** How many documents have the leaf, counted no further than `limit` in each part of the index. */
  count(db: Db, leaf: Leaf, limit: number): Promise<number>;
  /** The documents that have the leaf, `within` those given; a hit in a short field ranks above one in the text. */
  find(db: Db, leaf: Leaf, within?: readonly number[]): Promise<Ranks>;
  /** The SQL test whether `column` is one of many values (too many for a list of parameters). */
  among(column: string, values: readonly (string | number)[]): RawBuilder<boolean>;
}

/** Ranks of the text and of the short fields as one: whoever has a leaf in a short field stands before all others. */
export function joinRanks(
  fields: readonly { doc: number; rank: number }[],
  text: readonly { doc: number; rank: number }[],
): Ranks {
  const ranks: Ranks = new Map();
  let best = 0;
  for (const { doc, rank } of text) {
    // Postgres keeps a long text in several rows, of which the best counts.
    ranks.set(doc, Math.max(rank, ranks.get(doc) ?? least));
    best = Math.max(best, rank);
  }
  for (const { doc, rank } of fields) ranks.set(doc, (ranks.get(doc) ?? least) + best + rank);
  return ranks;
}

/** The rank of a word that is in nearly every document and so says nothing. */
const least = 1e-6;
