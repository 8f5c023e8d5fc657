import type { Db } from '../db/index.ts';
import type { User } from './types.ts';
import { userOf } from './users.repo.ts';

interface Tables {
  auth_sessions: { secret_hash: string; user_id: string; created_at: number; expires_at: number };
  auth_users: { id: string; name: string; role: string; created_at: number };
}

const query = (db: Db) => db.query<Tables>();

export interface StoredSession {
  readonly user: User;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export async function insertSession(
  db: Db,
  session: { secretHash: string; userId: string; createdAt: number; expiresAt: number },
): Promise<void> {
  await query(db)
    .insertInto('auth_sessions')
    .values({
      secret_hash: session.secretHash,
      user_id: session.userId,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .execute();
}

/** The session with its user, in one query; also one that has ended. */
export async function findSession(db: Db, secretHash: string): Promise<StoredSession | undefined> {
  const row = await query(db)
    .selectFrom('auth_sessions as s')
    .innerJoin('auth_users as u', 'u.id', 's.user_id')
    .select(['u.id', 'u.name', 'u.role', 'u.created_at', 's.created_at as opened_at', 's.expires_at'])
    .where('s.secret_hash', '=', secretHash)
    .executeTakeFirst();
  return row && { user: userOf(row), createdAt: row.opened_at, expiresAt: row.expires_at };
}

/** Moves the end of a session on. */
export async function extendSession(db: Db, secretHash: string, expiresAt: number): Promise<void> {
  await query(db)
    .updateTable('auth_sessions')
    .set({ expires_at: expiresAt })
    .where('secret_hash', '=', secretHash)
    .execute();
}

export async function deleteSession(db: Db, secretHash: string): Promise<void> {
  await query(db).deleteFrom('auth_sessions').where('secret_hash', '=', secretHash).execute();
}

/** Ends all sessions of a user. */
export async function deleteSessionsOf(db: Db, userId: string): Promise<void> {
  await query(db).deleteFrom('auth_sessions').where('user_id', '=', userId).execute();
}

/** Forgets the sessions that have ended. */
export async function deleteEndedSessions(db: Db, nowMs: number): Promise<void> {
  await query(db).deleteFrom('auth_sessions').where('expires_at', '<=', nowMs).execute();
}
