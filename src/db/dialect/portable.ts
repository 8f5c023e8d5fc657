import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db.ts';

/** A column type for text that sorts by code point on both engines, whatever the database's language. */
export function codePointText(db: Db): RawBuilder<unknown> {
  return db.dialect === 'postgres' ? sql`text collate "C"` : sql`text`;
}

/** A list of texts as one parameter, for `in`: both engines limit the number of parameters, not the length of one. */
export function textList(db: Db, values: Iterable<string>): RawBuilder<string> {
  const list = JSON.stringify([...values]);
  return db.dialect === 'postgres'
    ? sql`(select json_array_elements_text(${list}::json))`
    : sql`(select value from json_each(${list}))`;
}
