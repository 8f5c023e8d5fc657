import { type Descriptor, type Digest, hasCode } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { maxManifestBytes } from '../manifest.ts';
import type { ImageTarget } from '../types.ts';
import { createGroupCommit } from './group-commit.ts';
import { receiveLarge } from './receive-large.ts';

export interface StoreTargetOptions {
  readonly store: BlobStore;
  /** As people know it. */
  readonly name: string;
  /** Hears of each image tag once its manifest is held. */
  readonly onTag?: (tag: string, descriptor: Descriptor) => void | Promise<void>;
  /** Blobs of at least this size go on inside after the process was killed; default 4 MiB. */
  readonly partialFromBytes?: number;
  readonly signal?: AbortSignal;
}

const defaultPartialFromBytes = 4 * 1024 * 1024;

/**
 * Keeps images in the store: what resolves lasts. Large blobs outlive the process in parts, small ones that come in at the
 * same time are synced together. Bytes that are not what was expected fail with `store.mismatch`.
 */
export function createStoreTarget(options: StoreTargetOptions): ImageTarget {
  const { store, name, onTag, partialFromBytes = defaultPartialFromBytes, signal } = options;
  const group = createGroupCommit(store);
  // Touched: what is not written again is relied on from here on, and garbage collection is to leave it alone.
  const isHeld = async ({ digest, size }: Descriptor) => (await store.touch(digest))?.sizeBytes === size;

  async function heldManifest(digest: Digest): Promise<Uint8Array | undefined> {
    if (!(await store.touch(digest))) return undefined;
    try {
      return await store.bytes(digest, maxManifestBytes);
    } catch (error) {
      if (hasCode(error, 'store.notFound')) return undefined;
      if (!hasCode(error, 'store.corrupt')) throw error;
      // A damaged blob of the right size would be taken for held when it is written again.
      await store.delete(digest);
      return undefined;
    }
  }

  return {
    name,
    takes: isHeld,
    async putBlob(descriptor, open) {
      const { digest, size } = descriptor;
      if (size >= partialFromBytes) return receiveLarge(store, descriptor, open, signal);
      await group.put(await open(0), { digest, sizeBytes: size });
    },
    async putManifest(descriptor, bytes, tag) {
      const { digest, size } = descriptor;
      if (!(await isHeld(descriptor))) await group.put(bytes, { digest, sizeBytes: size });
      if (tag !== undefined) await onTag?.(tag, descriptor);
    },
    heldManifest,
  };
}
