import { systemClock } from '../../kernel/index.ts';
import type { BlobInfo, BlobSweep } from '../blob-store.ts';
import { storeErrors } from '../errors.ts';
import { freeOldPartials } from './free-old-partials.ts';
import { type Marks, mark } from './mark.ts';
import { createTally } from './tally.ts';
import type { Collected, CollectOptions } from './types.ts';

/**
 * Frees every blob that is not reached from a root or a hold and is older than the grace, and blobs on their way in that
 * were left for a week. Writers of all processes go on meanwhile and lose nothing
 * (docs/adr/0006-freeing-while-others-write.md); killed at any moment, it has freed only what was to be freed.
 * Throws `store.sweepBusy`, `store.nothingHeld`, what `roots` and `reach` throw, or the signal's reason.
 */
export async function collectGarbage(options: CollectOptions): Promise<Collected> {
  const { store, dryRun = false, clock = systemClock } = options;
  const startedAt = clock.now();
  const sweep: BlobSweep = dryRun ? pretend : await store.sweep();
  try {
    const marks = await mark(options, startedAt);
    if (marks.heldRoots === 0 && !options.everything) await refuseToEmpty(options, marks);
    const blobs = await sweepBlobs(options, marks, sweep);
    const partial = await freeOldPartials(store, startedAt, dryRun);
    const freedBytes = blobs.freed.sizeBytes + partial.sizeBytes;
    const { freed: unreferenced, young, kept } = blobs;
    return { dryRun, freedBytes, freed: { unreferenced, partial }, young, kept };
  } finally {
    await sweep.end();
  }
}

const pretend: BlobSweep = { free: async () => true, end: async () => {} };

async function sweepBlobs(options: CollectOptions, { reached, untouchedSince }: Marks, sweep: BlobSweep) {
  const { store, signal, onFreed = () => {}, onProgress = () => {}, clock = systemClock } = options;
  const [freed, young, kept] = [createTally(), createTally(), createTally()];
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = () => onProgress({ stage: 'freeing', done: freed.sizeBytes, unit: 'bytes' });
  for await (const { digest, sizeBytes, touchedAt } of store.list()) {
    signal?.throwIfAborted();
    const blob: BlobInfo = { digest, sizeBytes };
    if (reached.has(digest)) kept.add(blob);
    else if (touchedAt >= untouchedSince) young.add(blob);
    else if (await sweep.free(digest, untouchedSince)) {
      freed.add(blob);
      onFreed(blob);
    } else if (await store.stat(digest)) young.add(blob);
    if (clock.now() - toldAt < 200) continue;
    toldAt = clock.now();
    tell();
  }
  tell();
  return { freed: freed.sum(), young: young.sum(), kept: kept.sum() };
}

/** Where the roots name nothing of what is held, they are more likely those of another store than none at all. */
async function refuseToEmpty({ store }: CollectOptions, { untouchedSince }: Marks): Promise<void> {
  let blobs = 0;
  for await (const { touchedAt } of store.list()) if (touchedAt < untouchedSince) blobs++;
  if (blobs > 0) throw storeErrors.nothingHeld({ blobs });
}
