import {
  type BlobBatch,
  type BlobSource,
  type BlobStore,
  collect,
  type Expected,
} from '../../store/index.ts';

/** Writes blobs so that those that are there at the same time share one sync. */
export interface GroupCommit {
  /** Resolves once the blob lasts. The whole of it is taken into memory. */
  put(source: BlobSource, expected: Expected & { sizeBytes: number }): Promise<void>;
}

interface Group {
  readonly batch: BlobBatch;
  readonly puts: Promise<unknown>[];
  readonly committed: Promise<void>;
}

/** While one group is synced the next one gathers. */
export function createGroupCommit(store: BlobStore): GroupCommit {
  let gathering: Group | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const join = (): Group => {
    if (gathering) return gathering;
    const batch = store.batch();
    const puts: Promise<unknown>[] = [];
    const committed = last.then(async () => {
      gathering = undefined;
      await Promise.allSettled(puts);
      await batch.commit();
    });
    last = committed.catch(() => {});
    gathering = { batch, puts, committed };
    return gathering;
  };

  return {
    async put(source, expected) {
      // In memory first: one slow stream must not hold up the others of its group.
      const bytes =
        source instanceof Uint8Array ? source : await collect(source, expected.sizeBytes, expected.digest);
      const { batch, puts, committed } = join();
      const taken = batch.put(bytes, expected);
      puts.push(taken);
      await taken;
      await committed;
    },
  };
}
