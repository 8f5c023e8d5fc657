import type { SnapshotReader } from '../capture/index.ts';
import { linksErrors, type Snapshot } from '../links/index.ts';
import type { ReplayDeps } from './deps.ts';
import { httpErrors } from './errors.ts';
import { keepLast } from './keep-last.ts';

/** A snapshot that is known, together with its bytes. */
export interface OpenedSnapshot {
  readonly snapshot: Snapshot;
  readonly reader: SnapshotReader;
}

/** Readers kept, so that a page with a hundred resources reads its manifest once. */
const kept = 64;

/**
 * Makes a function that opens snapshots by id; it throws `links.noSnapshot` and `http.noBytes`. Whether the snapshot
 * still exists is asked each time.
 */
export function createSnapshotOpener({ links, snapshots }: Pick<ReplayDeps, 'links' | 'snapshots'>) {
  const open = keepLast(kept, snapshots.open);
  return async (id: string): Promise<OpenedSnapshot> => {
    const snapshot = await links.findSnapshot(id);
    if (!snapshot) throw linksErrors.noSnapshot({ ref: id.slice(0, 100) });
    const { digest } = snapshot;
    if (digest === null) throw httpErrors.noBytes({ id });
    return { snapshot, reader: await open(digest) };
  };
}
