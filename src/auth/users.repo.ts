import type { Db } from '../db/index.ts';
import type { Role, User } from './types.ts';

interface Tables {
  auth_users: {
    id: string;
    name: string;
    name_key: string;
    role: string;
    password_hash: string;
    created_at: number;
    updated_at: number;
  };
  auth_setup: { id: number; done_at: number | null };
}

const query = (db: Db) => db.query<Tables>();

/** A user with the hash of the password, for those who check it. */
export interface StoredUser extends User {
  readonly passwordHash: string;
}

/** True while no user was ever made. */
export async function isSetupOpen(db: Db): Promise<boolean> {
  const row = await query(db)
    .selectFrom('auth_setup')
    .select('done_at')
    .where('id', '=', 1)
    .executeTakeFirst();
  return row !== undefined && row.done_at === null;
}

/** Closes the setup; true for the one caller who closed it. */
export async function closeSetup(db: Db, nowMs: number): Promise<boolean> {
  const result = await query(db)
    .updateTable('auth_setup')
    .set({ done_at: nowMs })
    .where('id', '=', 1)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** Adds a user; false where one has the name, in any letter case. */
export async function insertUser(db: Db, user: StoredUser): Promise<boolean> {
  const result = await query(db)
    .insertInto('auth_users')
    .values({
      id: user.id,
      name: user.name,
      name_key: keyOf(user.name),
      role: user.role,
      password_hash: user.passwordHash,
      created_at: user.createdAt,
      updated_at: user.createdAt,
    })
    .onConflict((conflict) => conflict.column('name_key').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

/** By name, in any letter case. */
export async function findUserByName(db: Db, name: string): Promise<StoredUser | undefined> {
  const row = await query(db)
    .selectFrom('auth_users')
    .selectAll()
    .where('name_key', '=', keyOf(name))
    .executeTakeFirst();
  return row && { ...userOf(row), passwordHash: row.password_hash };
}

/** All users by name. */
export async function listUsers(db: Db): Promise<readonly User[]> {
  const rows = await query(db).selectFrom('auth_users').selectAll().orderBy('name_key').execute();
  return rows.map(userOf);
}

/** Replaces the hash of a password. */
export async function updatePasswordHash(db: Db, id: string, hash: string, nowMs: number): Promise<void> {
  await query(db)
    .updateTable('auth_users')
    .set({ password_hash: hash, updated_at: nowMs })
    .where('id', '=', id)
    .execute();
}

/** Makes a row of `auth_users` a user. */
export function userOf(row: { id: string; name: string; role: string; created_at: number }): User {
  return { id: row.id, name: row.name, role: row.role as Role, createdAt: row.created_at };
}

const keyOf = (name: string) => name.normalize('NFKC').toLowerCase();
