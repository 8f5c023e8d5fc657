import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BlobInfo, BlobSource, Expected } from '../blob-store.ts';
import { chunksOf, slices } from '../chunks.ts';
import { storeErrors } from '../errors.ts';
import { createMeasure } from '../measure.ts';
import type { Layout } from './layout.ts';
import { Writer } from './writer.ts';

/** A blob that came in whole: measured, and lying in a temporary file unless it is held already. */
export interface Staged extends BlobInfo {
  readonly temporary: string | undefined;
}

export interface StageOptions {
  readonly expected: Expected | undefined;
  /** Whether the blob is held already, so that its bytes need no writing. */
  readonly isHeld: (blob: BlobInfo) => Promise<boolean>;
  /** True to make the bytes last before it returns. */
  readonly sync: boolean;
}

/** Takes a source in: hashed, and written to a temporary file where it is not held. Leaves no file behind when it throws. */
export function stage(layout: Layout, source: BlobSource, options: StageOptions): Promise<Staged> {
  return source instanceof Uint8Array
    ? stageBytes(layout, source, options)
    : stageStream(layout, source, options);
}

async function stageBytes(layout: Layout, bytes: Uint8Array, options: StageOptions): Promise<Staged> {
  const measure = createMeasure(options.expected);
  for (const piece of slices(bytes)) {
    measure.add(piece);
    if (bytes.length > piece.length) await nextTurn();
  }
  const blob = measure.finish();
  if (await options.isHeld(blob)) return { ...blob, temporary: undefined };
  const file = await Writer.open(layout, bytes.length);
  try {
    for (const piece of slices(bytes)) await file.write(piece);
    await file.close(options.sync);
    return { ...blob, temporary: file.path };
  } catch (error) {
    await file.discard();
    throw error;
  }
}

async function stageStream(
  layout: Layout,
  source: AsyncIterable<Uint8Array>,
  { expected, isHeld, sync }: StageOptions,
): Promise<Staged> {
  const measure = createMeasure(expected);
  const announced = expected?.digest !== undefined && expected.sizeBytes !== undefined;
  const skip = announced && (await isHeld({ digest: expected.digest!, sizeBytes: expected.sizeBytes! }));
  let file: Writer | undefined;
  // One chunk behind, so that a blob of a single chunk is known before any file is opened.
  let waiting: Uint8Array | undefined;
  try {
    for await (const chunk of chunksOf(source)) {
      if (waiting === undefined || skip) {
        measure.add(chunk);
      } else {
        file ??= await Writer.open(layout, expected?.sizeBytes);
        await file.write(waiting, () => measure.add(chunk));
      }
      waiting = chunk;
    }
    const blob = measure.finish();
    // Asked again also where the bytes were skipped: they may have come in for hours.
    if (await isHeld(blob)) {
      await file?.discard();
      return { ...blob, temporary: undefined };
    }
    if (skip) throw storeErrors.lost({ digest: blob.digest });
    file ??= await Writer.open(layout, blob.sizeBytes);
    if (waiting !== undefined) await file.write(waiting);
    await file.close(sync);
    return { ...blob, temporary: file.path };
  } catch (error) {
    await file?.discard();
    throw error;
  }
}
