import { recordChange, textList } from '../db/index.ts';
import type { LinksDeps } from './add-links.ts';
import { cancelCaptures, enqueueCapture } from './capture-job.ts';
import { deleteTrashed, findRow, listTrashedBefore, setDeleted, updateLink } from './links.repo.ts';
import { tablesOf } from './rows.ts';
import type { Links } from './types.ts';

/** The part of Links that has to do with the trash. */
export function createTrash(deps: LinksDeps): Pick<Links, 'remove' | 'restore' | 'purge' | 'purgeExpired'> {
  const { db, search, jobs, clock } = deps;

  async function purge(ids: readonly string[]): Promise<number> {
    const rows = await db.transaction(async (trx) => {
      const deleted = await deleteTrashed(trx, ids);
      const gone = deleted.map((row) => row.id);
      if (gone.length > 0) await search.remove(gone, trx);
      for (const id of gone) await recordChange(trx, 'link', id);
      return deleted;
    });
    await cancelCaptures(
      jobs,
      rows.map((row) => row.capture_job_id).filter((id) => id !== null),
    );
    return rows.length;
  }

  return {
    async remove(ids) {
      const removed = await db.transaction(async (trx) => {
        const changed = await setDeleted(trx, ids, clock.now());
        for (const id of changed) await recordChange(trx, 'link', id);
        if (changed.length > 0) await recordChange(trx, 'tag', '*');
        return changed;
      });
      if (removed.length === 0) return 0;
      const rows = await tablesOf(db)
        .selectFrom('links')
        .select('capture_job_id')
        .where('id', 'in', textList(db, removed))
        .execute();
      await cancelCaptures(
        jobs,
        rows.map((row) => row.capture_job_id).filter((id) => id !== null),
      );
      return removed.length;
    },

    restore: (ids) =>
      db.transaction(async (trx) => {
        const changed = await setDeleted(trx, ids, null);
        for (const id of changed) {
          const row = await findRow(trx, id);
          if (row?.snapshot_id === null) {
            const job = await enqueueCapture(jobs, id, changed.length > 1 ? 'bulk' : 'person', trx);
            await updateLink(trx, id, { capture_job_id: job.id });
          }
          await recordChange(trx, 'link', id);
        }
        if (changed.length > 0) await recordChange(trx, 'tag', '*');
        return changed.length;
      }),

    purge,
    purgeExpired: async (olderThanMs) => purge(await listTrashedBefore(db, clock.now() - olderThanMs)),
  };
}
