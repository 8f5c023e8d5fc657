export { searchErrors } from './errors.ts';
export type { ExcerptOptions } from './excerpt.ts';
export { excerpt } from './excerpt.ts';
export { parseQuery, queryLimits } from './parse-query.ts';
export { timeOf } from './query-values.ts';
export { createSearchIndex, matchLimit, searchMigrations } from './search-index.ts';
export type * from './types.ts';
