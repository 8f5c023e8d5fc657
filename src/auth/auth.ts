import type { Db } from '../db/index.ts';
import { type Clock, newId } from '../kernel/index.ts';
import { createApiTokens } from './api-tokens.ts';
import { authErrors } from './errors.ts';
import { createGate } from './gate.ts';
import { checkPassword, decoyHash, hashPassword, isOutdated, verifyPassword } from './password.ts';
import { type RandomBytes, systemRandom } from './secrets.ts';
import { createSessions } from './sessions.ts';
import { createSetupCode } from './setup.ts';
import { createThrottle } from './throttle.ts';
import type { Auth, Credentials, Role, User } from './types.ts';
import * as users from './users.repo.ts';

export interface AuthDeps {
  readonly db: Db;
  readonly clock: Clock;
  /** Where the file `setup-code` is put. */
  readonly dataDir: string;
  readonly random?: RandomBytes;
}

/** Each hash takes 19 MiB and a core, so two run at a time and the others queue. */
const hashesAtATime = 2;
const hashesWaiting = 50;

/** Makes the keeper of users, sessions and API tokens over a database. */
export function createAuth({ db, clock, dataDir, random = systemRandom }: AuthDeps): Auth {
  const sessions = createSessions({ db, clock, random });
  const tokens = createApiTokens({ db, clock, random });
  const setupCode = createSetupCode(dataDir, random);
  const throttle = createThrottle(clock);
  const gate = createGate(hashesAtATime, hashesWaiting);

  const build = async (name: string, password: string, role: Role): Promise<users.StoredUser> => {
    checkName(name);
    checkPassword(password, name);
    const passwordHash = await gate(() => hashPassword(password));
    const createdAt = clock.now();
    return { id: newId(createdAt), name, role, createdAt, passwordHash };
  };
  const insert = async (trx: Db, user: users.StoredUser): Promise<User> => {
    if (!(await users.insertUser(trx, user))) throw authErrors.nameTaken({ name: user.name });
    const { passwordHash: _, ...shown } = user;
    return shown;
  };

  const checkedUser = async ({ name, password, address }: Credentials): Promise<User> => {
    throttle.begin(name, address);
    const user = await users.findUserByName(db, name.slice(0, 200));
    const against = user?.passwordHash ?? decoyHash;
    const matches = await gate(() => verifyPassword(password.slice(0, 2_000), against));
    if (matches === undefined) throw authErrors.corruptHash({ name });
    if (!user || !matches) throw authErrors.badCredentials();
    throttle.succeeded(name, address);
    if (isOutdated(user.passwordHash)) {
      const hash = await gate(() => hashPassword(password));
      await users.updatePasswordHash(db, user.id, hash, clock.now());
    }
    const { passwordHash: _, ...shown } = user;
    return shown;
  };

  return {
    needsSetup: () => users.isSetupOpen(db),

    async prepareSetup() {
      if (await users.isSetupOpen(db)) return setupCode.prepare();
      await setupCode.discard();
      return undefined;
    },

    async setUp(code, { name, password, address }) {
      if (!(await users.isSetupOpen(db))) throw authErrors.setupDone();
      throttle.begin('', address);
      setupCode.check(code);
      throttle.succeeded('', address);
      const user = await build(name, password, 'administrator');
      const session = await db.transaction(async (trx) => {
        if (!(await users.closeSetup(trx, clock.now()))) throw authErrors.setupDone();
        return sessions.open(await insert(trx, user), trx);
      });
      await setupCode.discard();
      return session;
    },

    logIn: async (credentials) => sessions.open(await checkedUser(credentials)),
    checkPassword: checkedUser,
    findSession: sessions.find,
    logOut: sessions.end,
    findTokenUser: tokens.findUser,
    createToken: tokens.create,
    listTokens: tokens.list,
    revokeToken: tokens.revoke,
    listUsers: () => users.listUsers(db),

    async createUser({ name, password, role }) {
      const user = await build(name, password, role);
      return db.transaction(async (trx) => {
        await users.closeSetup(trx, clock.now());
        return insert(trx, user);
      });
    },

    async setPassword(name, password) {
      const user = await users.findUserByName(db, name);
      if (!user) throw authErrors.noUser({ name: name.slice(0, 100) });
      checkPassword(password, user.name);
      const hash = await gate(() => hashPassword(password));
      await db.transaction(async (trx) => {
        await users.updatePasswordHash(trx, user.id, hash, clock.now());
        await sessions.endAllOf(user.id, trx);
      });
    },
  };
}

function checkName(name: string): void {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u.test(name))
    throw authErrors.badName({ name: name.slice(0, 100) });
}
