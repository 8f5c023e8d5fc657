import type { SnapshotReader } from '../capture/index.ts';
import { linksErrors, type Snapshot } from '../links/index.ts';
import type { ReplayDeps } from './deps.ts';
import { httpErrors } from './errors.ts';

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
  const readers = new Map<string, Promise<SnapshotReader>>();
  return async (id: string): Promise<OpenedSnapshot> => {
    const snapshot = await links.findSnapshot(id);
    if (!snapshot) throw linksErrors.noSnapshot({ ref: id.slice(0, 100) });
    const { digest } = snapshot;
    if (digest === null) throw httpErrors.noBytes({ id });
    const known = readers.get(digest);
    const opening = known ?? snapshots.open(digest);
    readers.delete(digest);
    readers.set(digest, opening);
    for (const oldest of readers.keys()) {
      if (readers.size <= kept) break;
      readers.delete(oldest);
    }
    try {
      return { snapshot, reader: await opening };
    } catch (error) {
      // It may have been repaired by the time of the next request.
      readers.delete(digest);
      throw error;
    }
  };
}
