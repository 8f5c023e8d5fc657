import { describe } from 'node:test';
import { forEachDatabase } from '../../test/support/databases.ts';
import { hostileContract } from './search-hostile.contract.ts';
import { searchIndexContract } from './search-index.contract.ts';
import { createSearchIndex, searchMigrations } from './search-index.ts';
import { recallContract } from './search-recall.contract.ts';

describe('the search index', () => {
  forEachDatabase((_, openDatabase) => {
    const openDb = () => openDatabase(searchMigrations);
    const open = async () => createSearchIndex(await openDb());
    searchIndexContract(openDb);
    recallContract(open);
    hostileContract(open);
  });
});
