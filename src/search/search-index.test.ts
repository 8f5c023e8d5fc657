import { equal, ok } from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { countQueries, forEachDatabase } from '../../test/support/databases.ts';
import { parseQuery } from './parse-query.ts';
import { postgresEngine } from './postgres-index.ts';
import { hostileContract } from './search-hostile.contract.ts';
import { docOf, searchIndexContract } from './search-index.contract.ts';
import { createSearchIndex, searchMigrations } from './search-index.ts';
import { recallContract } from './search-recall.contract.ts';

describe('the search index', () => {
  forEachDatabase((name, openDatabase) => {
    const openDb = () => openDatabase(searchMigrations);
    const open = async () => createSearchIndex(await openDb());
    searchIndexContract(openDb);
    recallContract(open);
    hostileContract(open);

    test('match() costs the same number of queries whatever it finds', async () => {
      const db = await openDb();
      const index = createSearchIndex(db);
      const cost = () =>
        countQueries(db, async (counted) => {
          await createSearchIndex(counted).match(parseQuery('apple "pear" 苹果'));
        });
      await index.put(docOf('first', { text: 'apple pear 苹果' }));
      const before = await cost();
      for (let i = 0; i < 50; i++) await index.put(docOf(`d${i}`, { title: 'apple pear', text: '苹果' }));
      equal(await cost(), before);
    });

    if (name === 'postgres')
      test('a match reads the index and not every row', async () => {
        const db = await openDb();
        await createSearchIndex(db).put(docOf('a', { text: 'apple' }));
        const explain = () =>
          sql<{ 'QUERY PLAN': string }>`explain select doc from search_parts
            where words @@ 'apple'::tsquery`.execute(db.query());
        const plan = await postgresEngine.reading(db, (open) =>
          sql<{ 'QUERY PLAN': string }>`explain select doc from search_parts
            where words @@ 'apple'::tsquery`.execute(open.query()),
        );
        ok(plan.rows.some((row) => row['QUERY PLAN'].includes('search_parts_words')));
        // Nothing of it stays for the other queries of the program.
        ok((await explain()).rows.some((row) => row['QUERY PLAN'].includes('Seq Scan')));
      });
  });
});
