import type { Db } from '../../db/index.ts';
import { type RegistryTables, tablesOf } from '../rows.ts';
import type { Right } from '../types.ts';

/** A robot as it is listed: never its secret. Times are epoch milliseconds. */
export interface Robot {
  readonly id: string;
  readonly name: string;
  readonly rights: readonly Right[];
  readonly createdAt: number;
  /** Null where it does not end by itself. */
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

function robotOf(row: RegistryTables['registry_robots']): Robot {
  return {
    id: row.id,
    name: row.name,
    rights: JSON.parse(row.rights),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}

/** Adds a robot; false where one has the name. */
export async function insertRobot(db: Db, robot: Robot, secretHash: string): Promise<boolean> {
  const result = await tablesOf(db)
    .insertInto('registry_robots')
    .values({
      id: robot.id,
      name: robot.name,
      secret_hash: secretHash,
      rights: JSON.stringify(robot.rights),
      created_at: robot.createdAt,
      expires_at: robot.expiresAt,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

/** The robot with this name and secret. */
export async function findRobot(db: Db, name: string, secretHash: string): Promise<Robot | undefined> {
  const row = await tablesOf(db)
    .selectFrom('registry_robots')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .where('name', '=', name)
    .executeTakeFirst();
  return row && robotOf(row);
}

/** All robots, by name. */
export async function listRobots(db: Db): Promise<readonly Robot[]> {
  const rows = await tablesOf(db).selectFrom('registry_robots').selectAll().orderBy('name').execute();
  return rows.map(robotOf);
}

export async function touchRobot(db: Db, id: string, nowMs: number): Promise<void> {
  await tablesOf(db)
    .updateTable('registry_robots')
    .set({ last_used_at: nowMs })
    .where('id', '=', id)
    .execute();
}

/** Deletes a robot; true where there was one. */
export async function deleteRobot(db: Db, name: string): Promise<boolean> {
  const result = await tablesOf(db).deleteFrom('registry_robots').where('name', '=', name).executeTakeFirst();
  return Number(result.numDeletedRows) === 1;
}
