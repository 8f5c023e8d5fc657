import type { Db } from '../../db/index.ts';
import { type Clock, type Digest, newId } from '../../kernel/index.ts';
import { linksErrors } from '../errors.ts';

/** What somebody at work needs kept: these manifests with all that they reach, and every blob touched since (epoch milliseconds). */
export interface Hold {
  readonly digests: readonly Digest[];
  readonly sinceMs: number;
}

/** Keeps bytes from garbage collection, of every process, while somebody works with them. */
export interface Holds {
  /**
   * Runs `work` under a hold. Whoever holds manifests looks after the hold has begun whether their snapshots are still
   * there: from then on their bytes stay. The signal aborts with `links.holdLost` where the hold could not be renewed in
   * time (the machine slept, the database was away); a process that dies gives its holds up after five minutes.
   */
  holdWhile<R>(hold: Partial<Hold>, work: (signal: AbortSignal) => Promise<R>): Promise<R>;
  /** The holds of all processes. */
  live(): Promise<readonly Hold[]>;
}

interface Tables {
  holds: { id: string; digests: string; since: number; expires_at: number };
}

const expiryMs = 5 * 60_000;

/** Keeps holds in a database that has `retentionMigrations`; `renewEveryMs` is for tests. */
export function createHolds({ db, clock, renewEveryMs = 30_000 }: HoldsDeps): Holds {
  const tables = db.query<Tables>();

  async function begin({ digests = [], sinceMs = clock.now() }: Partial<Hold>): Promise<string> {
    const [id, now] = [newId(), clock.now()];
    await tables.deleteFrom('holds').where('expires_at', '<', now).execute();
    await tables
      .insertInto('holds')
      .values({ id, digests: JSON.stringify(digests), since: sinceMs, expires_at: now + expiryMs })
      .execute();
    return id;
  }

  /** False where it had expired: bytes may be gone then, so it does not come to life again. */
  async function renew(id: string): Promise<boolean> {
    const now = clock.now();
    const { numUpdatedRows } = await tables
      .updateTable('holds')
      .set({ expires_at: now + expiryMs })
      .where('id', '=', id)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  return {
    async holdWhile(hold, work) {
      const id = await begin(hold);
      const lost = new AbortController();
      const timer = setInterval(() => {
        renew(id).then(
          (held) => held || lost.abort(linksErrors.holdLost()),
          // A database that is away for a moment is asked again; one that stays away lets the hold expire.
          () => {},
        );
      }, renewEveryMs).unref();
      try {
        return await work(lost.signal);
      } finally {
        clearInterval(timer);
        await tables.deleteFrom('holds').where('id', '=', id).execute();
      }
    },

    async live() {
      const rows = await tables
        .selectFrom('holds')
        .selectAll()
        .where('expires_at', '>', clock.now())
        .execute();
      return rows.map(({ digests, since }) => ({ digests: JSON.parse(digests), sinceMs: since }));
    },
  };
}

interface HoldsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly renewEveryMs?: number;
}
