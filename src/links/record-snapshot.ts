import { type Db, recordChange } from '../db/index.ts';
import { newId } from '../kernel/index.ts';
import type { LinksDeps } from './add-links.ts';
import { linksErrors } from './errors.ts';
import { fieldsOf } from './index-fields.ts';
import { lockLink, updateLink } from './links.repo.ts';
import { clean, snapshotRow, sortTitle } from './rows.ts';
import { chooseShown, findByJob, insertSnapshot } from './snapshots.repo.ts';
import type { NewSnapshot, Snapshot } from './types.ts';

/** As many characters of a snapshot's text are searched, about a thousand pages of print. */
const indexedCharacters = 2_000_000;

/** Stores a snapshot once per job; shows and indexes it where it is the link's newest good one, or none is good. */
export async function storeSnapshot(deps: LinksDeps, trx: Db, snapshot: NewSnapshot): Promise<Snapshot> {
  const link = await lockLink(trx, snapshot.linkId);
  if (!link) throw linksErrors.notFound({ link: snapshot.linkId });
  const now = deps.clock.now();
  const row = snapshotRow(newId(now), snapshot);
  if (!(await insertSnapshot(trx, row))) return (await findByJob(trx, snapshot.jobId))!;
  const shown = (await chooseShown(trx, link.id))!;
  const title = link.own_title ?? shown.title;
  const changed = (await updateLink(trx, link.id, {
    snapshot_id: shown.id,
    title,
    sort_title: sortTitle(title, link.url),
    updated_at: now,
  }))!;
  if (shown.id === row.id) {
    const text = clean(snapshot.searchText.slice(0, indexedCharacters));
    await deps.search.put({ id: link.id, text, ...(await fieldsOf(trx, changed)) }, trx);
  }
  await recordChange(trx, 'link', link.id);
  return (await findByJob(trx, snapshot.jobId))!;
}
