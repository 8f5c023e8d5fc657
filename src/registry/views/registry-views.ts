import type { Db } from '../../db/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Page } from '../types.ts';
import { countOf, figuresOf, type RepositoryFigures } from './repositories.repo.ts';

/** What a page about the registry shows of it as a whole. */
export interface RegistryViews {
  /** Repositories by name, with what they hold and share; four statements whatever their number. */
  repositories(page: Page): Promise<readonly RepositoryFigures[]>;
  /** How many there are in all. */
  count(): Promise<number>;
}

/** Makes the queries of pages about the registry. */
export function createRegistryViews({ db, catalog }: { db: Db; catalog: Catalog }): RegistryViews {
  return {
    repositories: async (page) => figuresOf(db, await catalog.listRepositories(page)),
    count: () => countOf(db),
  };
}
