import type { Db } from '../db/index.ts';
import type { ApiToken, User } from './types.ts';
import { userOf } from './users.repo.ts';

interface Tables {
  auth_tokens: {
    id: string;
    user_id: string;
    name: string;
    token_hash: string;
    created_at: number;
    last_used_at: number | null;
  };
  auth_users: { id: string; name: string; role: string; created_at: number };
}

const query = (db: Db) => db.query<Tables>();

export interface TokenOwner {
  readonly user: User;
  readonly lastUsedAt: number | null;
}

export async function insertToken(
  db: Db,
  token: { id: string; userId: string; name: string; hash: string; createdAt: number },
): Promise<void> {
  await query(db)
    .insertInto('auth_tokens')
    .values({
      id: token.id,
      user_id: token.userId,
      name: token.name,
      token_hash: token.hash,
      created_at: token.createdAt,
      last_used_at: null,
    })
    .execute();
}

/** Who owns the token with this hash. */
export async function findTokenOwner(db: Db, hash: string): Promise<TokenOwner | undefined> {
  const row = await query(db)
    .selectFrom('auth_tokens as t')
    .innerJoin('auth_users as u', 'u.id', 't.user_id')
    .select(['u.id', 'u.name', 'u.role', 'u.created_at', 't.last_used_at'])
    .where('t.token_hash', '=', hash)
    .executeTakeFirst();
  return row && { user: userOf(row), lastUsedAt: row.last_used_at };
}

/** Notes when a token was used last. */
export async function touchToken(db: Db, hash: string, nowMs: number): Promise<void> {
  await query(db)
    .updateTable('auth_tokens')
    .set({ last_used_at: nowMs })
    .where('token_hash', '=', hash)
    .execute();
}

/** A user's tokens, newest first. */
export async function listTokens(db: Db, userId: string): Promise<readonly ApiToken[]> {
  const rows = await query(db)
    .selectFrom('auth_tokens')
    .select(['id', 'name', 'created_at', 'last_used_at'])
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** Deletes one token of a user; true where there was one. */
export async function deleteToken(db: Db, userId: string, id: string): Promise<boolean> {
  const result = await query(db)
    .deleteFrom('auth_tokens')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return Number(result.numDeletedRows) === 1;
}
