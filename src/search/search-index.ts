import { sql } from 'kysely';
import type { Db, DialectName, Migration } from '../db/index.ts';
import type { Engine, Ranks } from './engine.ts';
import { evaluate } from './evaluate.ts';
import { fieldTexts } from './field-texts.ts';
import { fts5Engine } from './fts5-index.ts';
import { postgresEngine } from './postgres-index.ts';
import type { SearchIndex } from './types.ts';

const engines: Readonly<Record<DialectName, Engine>> = { sqlite: fts5Engine, postgres: postgresEngine };

/** At most this many ids are given for one query, the best. */
export const matchLimit = 100_000;

export const searchMigrations: readonly Migration[] = [
  { name: 'search-1-index', up: (db) => engines[db.dialect].createTables(db) },
];

/** The full text index that lives in `db`, whose tables `searchMigrations` makes. */
export function createSearchIndex(db: Db): SearchIndex {
  const engine = engines[db.dialect];
  return {
    put: (doc, trx = db) =>
      trx.transaction(async (open) => {
        const number = await numberFor(open, doc.id);
        await engine.writeFields(open, number, fieldTexts(doc));
        await engine.writeText(open, number, doc.text);
      }),

    putFields: (id, fields, trx = db) =>
      trx.transaction(async (open) =>
        engine.writeFields(open, await numberFor(open, id), fieldTexts(fields)),
      ),

    remove: (ids, trx = db) =>
      trx.transaction(async (open) => {
        const { rows } = await sql<{ doc: number }>`delete from search_docs
          where ${engine.among('id', ids)} returning doc`.execute(open.query());
        const docs = rows.map((row) => row.doc);
        if (docs.length > 0) await engine.erase(open, docs);
      }),

    match: (node, trx = db) =>
      engine.reading(trx, async (open) => {
        const ranks = await evaluate(node, {
          count: (leaf, limit) => engine.count(open, leaf, limit),
          find: (leaf, within) => engine.find(open, leaf, within),
        });
        return withIds(open, engine, ranks);
      }),
  };
}

/** The number of the document, a new one where there is none; its row stays locked until the transaction ends. */
async function numberFor(trx: Db, id: string): Promise<number> {
  const { rows } = await sql<{ doc: number }>`insert into search_docs (id) values (${id})
    on conflict (id) do update set id = excluded.id returning doc`.execute(trx.query());
  return rows[0]!.doc;
}

async function withIds(db: Db, engine: Engine, ranks: Ranks): Promise<ReadonlyMap<string, number>> {
  if (ranks.size === 0) return new Map();
  // Documents of one rank keep one order, so that pages of results do not shuffle.
  const best = [...ranks].sort(([a, x], [b, y]) => y - x || b - a).slice(0, matchLimit);
  const docs = best.map(([doc]) => doc);
  const { rows } = await sql<{ doc: number; id: string }>`select doc, id from search_docs
    where ${engine.among('doc', docs)}`.execute(db.query());
  const ids = new Map(rows.map((row) => [row.doc, row.id]));
  const found = new Map<string, number>();
  for (const [doc, rank] of best) {
    const id = ids.get(doc);
    if (id !== undefined) found.set(id, rank);
  }
  return found;
}
