import type { Db } from '../db/index.ts';

/** The short fields of a document, plain text. */
export interface SearchFields {
  readonly title: string;
  readonly url: string;
  readonly note: string;
  readonly tags: readonly string[];
}

/** One thing that can be found. Fields hold plain text; `text` may be several megabytes. */
export interface SearchDoc extends SearchFields {
  readonly id: string;
  readonly text: string;
}

/** A parsed query. Facts (`tag:`, `site:`, `verdict:`, dates, `is:`) are for the room that owns them to turn into SQL. */
export type QueryNode =
  | { readonly type: 'all' }
  | { readonly type: 'and'; readonly nodes: readonly QueryNode[] }
  | { readonly type: 'or'; readonly nodes: readonly QueryNode[] }
  | { readonly type: 'not'; readonly node: QueryNode }
  | WordsNode
  /** A date's value is `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or an age (`7d`, `2w`, `3m`, `1y`); `timeOf` turns it into a time. */
  | { readonly type: 'fact'; readonly name: FactName; readonly value: string };

/**
 * Words that stand together in this order, in one field or in any. `phrase` where they were quoted; `prefix` where the
 * last one may go on. A node of parseQuery holds at least one word that can be found.
 */
export interface WordsNode {
  readonly type: 'words';
  readonly text: string;
  readonly phrase: boolean;
  readonly prefix?: boolean;
  readonly field?: SearchField;
}

export type SearchField = 'title' | 'url' | 'note' | 'text';
export type FactName = 'tag' | 'site' | 'verdict' | 'before' | 'after' | 'is';

/** The values that a fact can take, where its owner knows them: others are refused with `search.badQuery`. */
export type FactValues = Partial<Record<FactName, readonly string[]>>;

/** Where in a text the words were found: `parts` are plain and marked text in turn, plain (perhaps empty) first. */
export interface TextExcerpt {
  readonly parts: readonly string[];
}

/** The full text index behind one port: FTS5 or tsvector, the same tokens and so the same answers. */
export interface SearchIndex {
  /** Puts a document in, or in the place of the one with its id. */
  put(doc: SearchDoc, trx?: Db): Promise<void>;
  /**
   * Puts the short fields alone, all of them: the cheap way after an edit of title, note or tags. The text that was put
   * before stays; where the id is new, the document has no text yet.
   */
  putFields(id: string, fields: SearchFields, trx?: Db): Promise<void>;
  /** Takes documents out; an id that is not there is no error. */
  remove(ids: readonly string[], trx?: Db): Promise<void>;
  /**
   * Ids whose document has the words, with a rank (higher is better, always above 0), best first, at most
   * `matchLimit`. Takes any tree of `words`, `and`, `or`; words of one `and` may stand in different fields.
   */
  match(node: QueryNode, trx?: Db): Promise<ReadonlyMap<string, number>>;
}
