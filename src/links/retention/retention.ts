import { type Db, recordChange } from '../../db/index.ts';
import type { Clock, Digest } from '../../kernel/index.ts';
import { linksErrors } from '../errors.ts';
import { lockLink } from '../links.repo.ts';
import { findById } from '../snapshots.repo.ts';
import { tagsOf } from '../tags.repo.ts';
import type { Snapshot, Verdict } from '../types.ts';
import { chooseKept } from './choose-kept.ts';
import * as repo from './retention.repo.ts';
import { type KeepRule, rulesFor } from './rules.ts';

/** A snapshot that the rules let go. */
export interface Surplus {
  readonly id: string;
  readonly digest: Digest | null;
  readonly verdict: Verdict;
  readonly takenAt: number;
}

/** A link that loses snapshots: how many it keeps, and which go, newest first. */
export interface Thinning {
  readonly linkId: string;
  readonly url: string;
  readonly kept: number;
  readonly surplus: readonly Surplus[];
}

/** Lets old snapshots go by rules; what of their bytes nothing else needs, garbage collection frees. */
export interface Retention {
  /** Every link outside the trash that would lose snapshots, by id; a fixed number of queries for each 500 links. */
  plan(rules: readonly KeepRule[]): AsyncIterable<Thinning>;
  /** Deletes the surplus of a plan, but for what is pinned or shown by now; gives how many snapshots went. */
  apply(thinning: Thinning): Promise<number>;
  /** Makes snapshots stay whatever the rules, or no longer; throws `links.noSnapshot`; gives how many it changed. */
  pin(snapshotIds: readonly string[], pinned: boolean): Promise<number>;
  /** The pinned snapshots, last pinned first. */
  pins(): Promise<readonly Snapshot[]>;
}

/** Thins out snapshots in a database that has `retentionMigrations`. */
export function createRetention({ db, clock }: { db: Db; clock: Clock }): Retention {
  return {
    async *plan(rules) {
      if (rules.length === 0) return;
      for await (const links of repo.linksWithSeveral(db)) {
        const ids = links.map(({ id }) => id);
        const tags = await tagsOf(db, ids);
        const candidates = await repo.candidatesOf(db, ids);
        for (const { id, url } of links) {
          const snapshots = candidates.get(id) ?? [];
          const kept = chooseKept(snapshots, rulesFor(tags.get(id) ?? [], rules), clock.now());
          const surplus = snapshots
            .filter((snapshot) => !kept.has(snapshot.id))
            .toSorted((a, b) => b.takenAt - a.takenAt)
            .map(({ id, digest, verdict, takenAt }) => ({
              id,
              digest: digest as Digest | null,
              verdict,
              takenAt,
            }));
          if (surplus.length > 0) yield { linkId: id, url, kept: kept.size, surplus };
        }
      }
    },

    apply: ({ linkId, surplus }) =>
      db.transaction(async (trx) => {
        const link = await lockLink(trx, linkId);
        if (!link || link.deleted_at !== null) return 0;
        const gone = await repo.deleteSnapshots(
          trx,
          linkId,
          surplus.map(({ id }) => id),
        );
        if (gone > 0) await recordChange(trx, 'link', linkId);
        return gone;
      }),

    pin: (snapshotIds, pinned) =>
      db.transaction(async (trx) => {
        let changed = 0;
        for (const id of new Set(snapshotIds)) {
          const snapshot = await findById(trx, id);
          if (!snapshot) throw linksErrors.noSnapshot({ ref: id.slice(0, 200) });
          // Locked, as whoever deletes snapshots of the link has it.
          await lockLink(trx, snapshot.linkId);
          if (!(await repo.setPin(trx, id, pinned ? clock.now() : null))) continue;
          changed++;
          await recordChange(trx, 'link', snapshot.linkId);
        }
        return changed;
      }),

    async pins() {
      const found = await Promise.all((await repo.listPins(db)).map((id) => findById(db, id)));
      return found.filter((snapshot) => snapshot !== undefined);
    },
  };
}
