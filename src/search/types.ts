import type { Db } from '../db/index.ts';

/** One thing that can be found. Fields hold plain text; `text` may be several megabytes. */
export interface SearchDoc {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly note: string;
  readonly tags: readonly string[];
  readonly text: string;
}

/** A parsed query. Facts (`tag:`, `site:`, `verdict:`, dates, `is:`) are for the room that owns them to turn into SQL. */
export type QueryNode =
  | { readonly type: 'all' }
  | { readonly type: 'and'; readonly nodes: readonly QueryNode[] }
  | { readonly type: 'or'; readonly nodes: readonly QueryNode[] }
  | { readonly type: 'not'; readonly node: QueryNode }
  /** Words in order; `prefix` where the last one may go on. `field` limits it. */
  | { readonly type: 'words'; readonly text: string; readonly phrase: boolean; readonly field?: SearchField }
  | { readonly type: 'fact'; readonly name: FactName; readonly value: string };

export type SearchField = 'title' | 'url' | 'note' | 'text';
export type FactName = 'tag' | 'site' | 'verdict' | 'before' | 'after' | 'is';

/** The full text index behind one port: FTS5 or tsvector, the same tokens and so the same answers. */
export interface SearchIndex {
  /** Puts a document in, or in the place of the one with its id. */
  put(doc: SearchDoc, trx?: Db): Promise<void>;
  remove(ids: readonly string[], trx?: Db): Promise<void>;
  /** Ids whose document has the words, with a rank (higher is better). Takes any tree of `words`, `and`, `or`. */
  match(node: QueryNode, trx?: Db): Promise<ReadonlyMap<string, number>>;
}
