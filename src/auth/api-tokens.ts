import type { Db } from '../db/index.ts';
import { type Clock, newId } from '../kernel/index.ts';
import { authErrors } from './errors.ts';
import { hashSecret, isSecret, newSecret, type RandomBytes } from './secrets.ts';
import * as repo from './tokens.repo.ts';
import type { ApiToken, User } from './types.ts';

/** What every API token begins with, so that scanners for leaked secrets know it. */
const prefix = 'hf_';
/** The time of last use is written at most this often. */
const touchEveryMs = 60_000;

/** Makes, finds and revokes API tokens. */
export function createApiTokens({ db, clock, random }: { db: Db; clock: Clock; random: RandomBytes }) {
  return {
    async create(userId: string, name: string): Promise<ApiToken & { readonly token: string }> {
      const shown = name.trim();
      if (shown === '' || [...shown].length > 100) throw authErrors.badTokenName();
      const token = prefix + newSecret(random);
      const createdAt = clock.now();
      const id = newId(createdAt);
      await repo.insertToken(db, { id, userId, name: shown, hash: hashSecret(token), createdAt });
      return { id, name: shown, createdAt, lastUsedAt: null, token };
    },

    async findUser(token: string): Promise<User | undefined> {
      if (!token.startsWith(prefix) || !isSecret(token.slice(prefix.length))) return undefined;
      const hash = hashSecret(token);
      const owner = await repo.findTokenOwner(db, hash);
      if (!owner) return undefined;
      const now = clock.now();
      if (owner.lastUsedAt === null || now - owner.lastUsedAt >= touchEveryMs)
        await repo.touchToken(db, hash, now);
      return owner.user;
    },

    list: (userId: string) => repo.listTokens(db, userId),

    async revoke(userId: string, id: string): Promise<void> {
      if (!(await repo.deleteToken(db, userId, id))) throw authErrors.noToken({ id: id.slice(0, 100) });
    },
  };
}
