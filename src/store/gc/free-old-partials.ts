import { hasCode } from '../../kernel/index.ts';
import type { BlobStore, PartialInfo } from '../blob-store.ts';
import { createTally } from './tally.ts';
import type { Tally } from './types.ts';

/** How long a blob on its way in waits for somebody to go on with it. */
export const partialKeptMs = 7 * 24 * 3_600_000;

/** Throws away blobs on their way in that nobody has written to for a week; one that is open stays. */
export async function freeOldPartials(store: BlobStore, now: number, dryRun: boolean): Promise<Tally> {
  const freed = createTally();
  for (const partial of await oldPartials(store, now))
    if (await discard(store, partial, now, dryRun)) freed.add(partial);
  return freed.sum();
}

async function oldPartials(store: BlobStore, now: number): Promise<readonly PartialInfo[]> {
  const all = await Array.fromAsync(store.partials());
  return all.filter(({ touchedAt }) => touchedAt < now - partialKeptMs);
}

async function discard(
  store: BlobStore,
  { key }: PartialInfo,
  now: number,
  dryRun: boolean,
): Promise<boolean> {
  try {
    const partial = await store.partial(key);
    // Somebody may have gone on with it, and let go of it again, before it was ours.
    const isOld = (await oldPartials(store, now)).some((old) => old.key === key);
    await (isOld && !dryRun ? partial.discard() : partial.close());
    return isOld;
  } catch (error) {
    if (hasCode(error, 'store.partialBusy')) return false;
    throw error;
  }
}
