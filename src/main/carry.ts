import type { Carry } from '../cli/index.ts';
import type { Holds, Links, Referrers, SnapshotTexts } from '../links/index.ts';
import type { BlobStore } from '../store/index.ts';
import { instanceId } from './instance-id.ts';
import { version } from './version.ts';

/** Bundles and receipts over one data folder; the room is loaded when it is needed. */
export function createCarry(deps: {
  links: Links;
  store: BlobStore;
  referrers: Referrers;
  texts: SnapshotTexts;
  data: { folder: string; store: string };
  /** Keeps what is carried from garbage collection meanwhile. */
  holds: Holds;
}): Carry {
  const { links, store, referrers, texts, data, holds } = deps;
  const room = () => import('../bundle/index.ts');
  return {
    async export(options) {
      const { exportBundle } = await room();
      return exportBundle(
        { links, store, referrers: referrers.list, software: `Holdfast/${version}`, holds },
        options,
      );
    },
    async import(folder, options) {
      const { importBundle } = await room();
      const rooms = { links, store, texts, addReferrer: referrers.add, holds };
      return importBundle(rooms, folder, { storeFolder: data.store, ...options });
    },
    async repair(options) {
      const { writeRepair } = await room();
      return writeRepair(store, options);
    },
    async *receipt() {
      const { writeReceipt } = await room();
      yield* writeReceipt(store, { instance: instanceId(data.folder) });
    },
  };
}
