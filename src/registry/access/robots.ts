import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '../../db/index.ts';
import { type Clock, newId } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import type { Right } from '../types.ts';
import { parsePattern } from './patterns.ts';
import * as repo from './robots.repo.ts';

/** A robot that is to be made. */
export interface NewRobot {
  readonly name: string;
  readonly rights: readonly Right[];
  /** When it ends, epoch milliseconds; absent: never by itself. */
  readonly expiresAt?: number;
}

/** Programs that log in with a name and a secret of their own, and may do what they were given. */
export interface Robots {
  /** Makes a robot; `secret` is shown this once. Throws `registry.badRobotName`, `registry.robotTaken`, `registry.badPattern`, `registry.noRights`, `registry.badExpiry`. */
  create(robot: NewRobot): Promise<repo.Robot & { readonly secret: string }>;
  list(): Promise<readonly repo.Robot[]>;
  /** Ends a robot at once; throws `registry.noRobot`. */
  revoke(name: string): Promise<void>;
  /** The robot of a name and secret; undefined where it was revoked, has ended or never was. */
  find(name: string, secret: string): Promise<repo.Robot | undefined>;
}

/** What every secret of a robot begins with, so that scanners for leaked secrets know it. */
export const robotSecretPrefix = 'hfr_';
const secretPattern = /^hfr_[A-Za-z0-9_-]{43}$/;
const touchEveryMs = 60_000;

/** 256 bits of chance need no slow hash. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** Keeps robots in a database that has `registryMigrations`. */
export function createRobots({ db, clock }: { db: Db; clock: Clock }): Robots {
  return {
    async create({ name, rights, expiresAt }) {
      if (!/^[a-z0-9][a-z0-9._+-]{0,63}$/.test(name))
        throw registryErrors.badRobotName({ name: name.slice(0, 100) });
      for (const { pattern } of rights) parsePattern(pattern);
      if (!rights.some((right) => right.actions.length > 0)) throw registryErrors.noRights();
      const createdAt = clock.now();
      if (expiresAt !== undefined && expiresAt <= createdAt) throw registryErrors.badExpiry({ name });
      const secret = robotSecretPrefix + randomBytes(32).toString('base64url');
      const robot: repo.Robot = {
        id: newId(createdAt),
        name,
        rights,
        createdAt,
        expiresAt: expiresAt ?? null,
        lastUsedAt: null,
      };
      if (!(await repo.insertRobot(db, robot, hashOf(secret)))) throw registryErrors.robotTaken({ name });
      return { ...robot, secret };
    },

    list: () => repo.listRobots(db),

    async revoke(name) {
      if (!(await repo.deleteRobot(db, name))) throw registryErrors.noRobot({ name: name.slice(0, 100) });
    },

    async find(name, secret) {
      if (!secretPattern.test(secret)) return undefined;
      const robot = await repo.findRobot(db, name, hashOf(secret));
      const now = clock.now();
      if (!robot || (robot.expiresAt !== null && robot.expiresAt <= now)) return undefined;
      if (robot.lastUsedAt === null || now - robot.lastUsedAt >= touchEveryMs)
        await repo.touchRobot(db, robot.id, now);
      return robot;
    },
  };
}
