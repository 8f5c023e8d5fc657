import type { Db } from '../db/index.ts';
import { tablesOf } from './rows.ts';

/** An id that begins as somebody wrote it, and what it is the id of. */
export interface IdMatch {
  readonly type: 'link' | 'snapshot';
  readonly id: string;
}

/** The most matches that are told; who has more has to write more of the id. */
const mostMatches = 10;

/** The links (also in the trash) and snapshots whose id begins with `start`; one of exactly that id stands alone. */
export async function findIdsLike(db: Db, start: string): Promise<readonly IdMatch[]> {
  if (!/^[0-9a-z]{1,64}$/.test(start)) return [];
  // The character after the last one that an id may have.
  const end = `${start}{`;
  const from = (table: 'links' | 'snapshots') =>
    tablesOf(db)
      .selectFrom(table)
      .select('id')
      .where('id', '>=', start)
      .where('id', '<', end)
      .orderBy('id')
      .limit(mostMatches)
      .execute();
  const matches: IdMatch[] = [
    ...(await from('links')).map(({ id }) => ({ type: 'link' as const, id })),
    ...(await from('snapshots')).map(({ id }) => ({ type: 'snapshot' as const, id })),
  ];
  const exact = matches.find(({ id }) => id === start);
  return exact ? [exact] : matches.slice(0, mostMatches);
}
