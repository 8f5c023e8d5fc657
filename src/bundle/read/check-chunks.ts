import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../kernel/index.ts';
import { createPace, type OnBundleProgress } from '../pace.ts';
import { sha256, sharedBytes } from '../parts/sha256.ts';
import type { ChunkFault, ChunkRef, PartReader } from './part-reader.ts';

/** A chunk that is not as the index says. */
export interface BadChunk extends ChunkRef {
  /** The part's name. */
  readonly file: string;
  readonly fault: ChunkFault;
  readonly detail: string;
}

/** Chunks that are read and hashed side by side: enough for every core, and for a medium that likes a queue. */
const atOnce = 4;

/** Reads and hashes chunks in the order given and yields those that are wrong. */
export async function* badChunksOf(
  reader: PartReader,
  refs: Iterable<ChunkRef>,
  options: { onProgress?: OnBundleProgress | undefined; clock: Clock; signal?: AbortSignal | undefined },
): AsyncGenerator<BadChunk> {
  const { parts, chunkBytes, tarBytes } = reader.index;
  const pace = createPace('verify', tarBytes, options);
  const free = Array.from({ length: atOnce }, () => sharedBytes(chunkBytes));
  const check = async (ref: ChunkRef): Promise<BadChunk | undefined> => {
    const buffer = free.pop()!;
    try {
      const { sizeBytes } = reader.placeOf(ref);
      const part = parts[ref.part - 1]!;
      const unread = await reader.readChunk(ref, buffer);
      if (unread) return { ...ref, file: part.name, ...unread };
      const actual = await sha256(buffer.subarray(0, sizeBytes));
      pace.add(sizeBytes, part.name);
      if (actual === part.chunks[ref.chunk - 1]) return undefined;
      return { ...ref, file: part.name, fault: 'damaged', detail: whatLiesThere(reader, actual) };
    } finally {
      free.push(buffer);
    }
  };
  const running: Promise<BadChunk | undefined>[] = [];
  let part = 0;
  try {
    for (const ref of refs) {
      options.signal?.throwIfAborted();
      // One part is open at a time.
      while (running.length >= atOnce || (ref.part !== part && running.length > 0)) {
        const bad = await running.shift()!;
        if (bad) yield bad;
      }
      part = ref.part;
      const next = check(ref);
      next.catch(() => {});
      running.push(next);
    }
    for (const check of running) {
      const bad = await check;
      if (bad) yield bad;
    }
    pace.finish();
  } finally {
    await Promise.allSettled(running);
  }
}

/** Every chunk of a bundle, in order. */
export function* allChunks(reader: PartReader): Generator<ChunkRef> {
  for (const [at, { chunks }] of reader.index.parts.entries())
    for (let chunk = 1; chunk <= chunks.length; chunk++) yield { part: at + 1, chunk };
}

/** Parts that go on behind their end, with the number of bytes too many; they do no harm, but `cat` takes them in. */
export async function overlongParts(
  folder: string,
  reader: PartReader,
): Promise<readonly { part: string; extraBytes: number }[]> {
  const found = [];
  for (const { name, sizeBytes } of reader.index.parts) {
    const file = await lstat(join(folder, name)).catch(() => undefined);
    if (file && file.size > sizeBytes) found.push({ part: name, extraBytes: file.size - sizeBytes });
  }
  return found;
}

/** Parts that were swapped or copied under another's name are told as such. */
function whatLiesThere(reader: PartReader, actual: string): string {
  for (const { name, chunks } of reader.index.parts) {
    const at = chunks.indexOf(actual);
    if (at >= 0) return `chunk ${at + 1} of "${name}" lies there`;
  }
  return `its sha256 is ${actual}`;
}
