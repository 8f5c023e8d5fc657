import type { Digest } from '../../kernel/index.ts';
import type { BlobSweep } from '../blob-store.ts';
import { storeErrors } from '../errors.ts';
import { Claim } from './claim.ts';
import { freeBlob, reprieveAll } from './condemn.ts';
import { failure } from './failure.ts';
import type { Layout } from './layout.ts';

/** Begins the one sweep of a folder; see `BlobStore.sweep`. What a sweep that was killed had moved aside comes back first. */
export async function openFsSweep(layout: Layout): Promise<BlobSweep> {
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw await failure(layout.root, error, 0);
    }
  };
  const claim = await guard(Claim.take(layout.condemned));
  if (!claim) throw storeErrors.sweepBusy({ place: layout.root });
  try {
    await guard(reprieveAll(layout));
  } catch (error) {
    await claim.release();
    throw error;
  }
  return {
    free: async (digest: Digest, untouchedSince: number) => {
      if (claim.lost) throw storeErrors.sweepBusy({ place: layout.root });
      return guard(freeBlob(layout, digest, untouchedSince));
    },
    end: () => claim.release(),
  };
}
