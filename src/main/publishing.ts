import type { Links, Snapshot } from '../links/index.ts';

/** Links whose snapshots are published once they are recorded; recording again after a crash publishes again. */
export function publishing(links: Links, publish: (snapshot: Snapshot) => Promise<void>): Links {
  return {
    ...links,
    async recordSnapshot(snapshot) {
      const recorded = await links.recordSnapshot(snapshot);
      await publish(recorded);
      return recorded;
    },
  };
}
