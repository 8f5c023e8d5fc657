import { linksErrors } from './errors.ts';
import type { LinkSort } from './types.ts';

/** Where a page ended: the sort key and the id of its last link. */
export interface Cursor {
  readonly key: string | number;
  readonly id: string;
}

export function formatCursor(sort: LinkSort, cursor: Cursor): string {
  return Buffer.from(JSON.stringify([sort, cursor.key, cursor.id])).toString('base64url');
}

/** Reads a cursor of a list with this sort; throws `links.badCursor`. */
export function parseCursor(sort: LinkSort, text: string): Cursor {
  try {
    const [ofSort, key, id]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString());
    const type = sort === 'title' ? 'string' : 'number';
    if (ofSort === sort && typeof key === type && typeof id === 'string' && !`${key}${id}`.includes('\0'))
      return { key: key as Cursor['key'], id };
  } catch {}
  throw linksErrors.badCursor({ cursor: text.slice(0, 200) });
}
