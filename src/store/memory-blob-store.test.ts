import type { Digest } from '../kernel/index.ts';
import { describeBlobStore } from './blob-store.contract.ts';
import { MemoryBlobStore } from './memory-blob-store.ts';

describeBlobStore('MemoryBlobStore', async () => {
  const held = new Map<Digest, Uint8Array>();
  return {
    store: new MemoryBlobStore(held),
    damage: async (digest, bytes) => void held.set(digest, bytes),
    leftovers: async () => 0,
    close: async () => {},
  };
});
