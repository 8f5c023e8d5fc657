import { setTimeout as wait } from 'node:timers/promises';
import { type Descriptor, hasCode, splitDigest } from '../../kernel/index.ts';
import type { BlobStore, PartialBlob } from '../../store/index.ts';
import { inPieces } from './in-pieces.ts';

type Open = (start: number) => Promise<AsyncIterable<Uint8Array>>;

const lookEveryMs = 500;
/** A writer whose blob has not grown for so long is not waited for. */
const idleMs = 60_000;

/**
 * Brings a blob in so that it goes on where a killed process was. Another writer of the same blob is waited for. Throws
 * `store.mismatch` where the bytes are not what its descriptor says, and what `open` throws; what came stays for the next time.
 */
export async function receiveLarge(
  store: BlobStore,
  descriptor: Descriptor,
  open: Open,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { digest, size } = descriptor;
  const expected = { digest, sizeBytes: size };
  const { algorithm, hex } = splitDigest(digest);
  const key = `${algorithm}-${hex}`;
  for (;;) {
    const partial = await openOrWait(store, descriptor, key, signal);
    if (partial === 'held') return;
    if (partial === 'stuck') return void (await store.put(await open(0), expected));
    if (partial.sizeBytes > size) await partial.truncate(0);
    const resumedBytes = partial.sizeBytes;
    try {
      await pour(partial, open, signal);
    } catch (error) {
      await partial.close();
      throw error;
    }
    try {
      await partial.finish(expected);
      return;
    } catch (error) {
      // What an earlier process left may be what is wrong: once more, from the start.
      if (resumedBytes === 0 || !hasCode(error, 'store.mismatch')) throw error;
    }
  }
}

async function pour(partial: PartialBlob, open: Open, signal: AbortSignal | undefined): Promise<void> {
  let at = partial.sizeBytes;
  for await (const piece of inPieces(await open(at))) {
    signal?.throwIfAborted();
    await partial.write(at, piece);
    at += piece.length;
  }
}

async function openOrWait(
  store: BlobStore,
  { digest, size }: Descriptor,
  key: string,
  signal: AbortSignal | undefined,
): Promise<PartialBlob | 'held' | 'stuck'> {
  const isHeld = async () => (await store.touch(digest))?.sizeBytes === size;
  for (;;) {
    try {
      const partial = await store.partial(key);
      // Another writer may have brought it after it was last asked for.
      if (partial.sizeBytes > 0 || !(await isHeld())) return partial;
      await partial.discard();
      return 'held';
    } catch (error) {
      if (!hasCode(error, 'store.partialBusy')) throw error;
    }
    await wait(lookEveryMs, undefined, { ...(signal && { signal }) });
    if (await isHeld()) return 'held';
    for await (const other of store.partials())
      if (other.key === key && Date.now() - other.touchedAt > idleMs) return 'stuck';
  }
}
