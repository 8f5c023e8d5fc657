import type { Db } from '../db/index.ts';
import type { Clock } from '../kernel/index.ts';
import { csrfOf, hashSecret, isSecret, newSecret, type RandomBytes } from './secrets.ts';
import * as repo from './sessions.repo.ts';
import type { OpenedSession, User } from './types.ts';

const day = 24 * 60 * 60_000;
/** A session ends when it was not used for this long. */
const idleMs = 14 * day;
/** A session ends after this long even when it is used every day. */
const lifetimeMs = 90 * day;
/** The end is written anew at most this often, so that reading does not write each time. */
const slideEveryMs = day / 24;

/** Opens, finds and ends sessions. */
export function createSessions({ db, clock, random }: { db: Db; clock: Clock; random: RandomBytes }) {
  return {
    /** In `trx`, so that a session and the user that it belongs to appear together. */
    async open(user: User, trx: Db = db): Promise<OpenedSession> {
      const now = clock.now();
      const secret = newSecret(random);
      const expiresAt = now + idleMs;
      await repo.deleteEndedSessions(trx, now);
      await repo.insertSession(trx, {
        secretHash: hashSecret(secret),
        userId: user.id,
        createdAt: now,
        expiresAt,
      });
      return { user, secret, csrf: csrfOf(secret), expiresAt };
    },

    async find(secret: string): Promise<OpenedSession | undefined> {
      if (!isSecret(secret)) return undefined;
      const hash = hashSecret(secret);
      const now = clock.now();
      const found = await repo.findSession(db, hash);
      if (!found || found.expiresAt <= now) return undefined;
      const slid = Math.min(now + idleMs, found.createdAt + lifetimeMs);
      const slides = slid - found.expiresAt >= slideEveryMs;
      if (slides) await repo.extendSession(db, hash, slid);
      return { user: found.user, secret, csrf: csrfOf(secret), expiresAt: slides ? slid : found.expiresAt };
    },

    async end(secret: string): Promise<void> {
      if (isSecret(secret)) await repo.deleteSession(db, hashSecret(secret));
    },

    endAllOf: (userId: string, trx: Db = db) => repo.deleteSessionsOf(trx, userId),
  };
}
