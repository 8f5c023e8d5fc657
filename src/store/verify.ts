import { createHash } from 'node:crypto';
import {
  type Clock,
  type Digest,
  errorText,
  hasCode,
  type OnProgress,
  splitDigest,
  systemClock,
} from '../kernel/index.ts';
import type { BlobInfo, BlobStore } from './blob-store.ts';
import { createMeter, type Meter } from './meter.ts';

/** One thing that is wrong in a store. */
export interface BlobFault {
  readonly fault: 'corrupt' | 'unreadable' | 'misnamed' | 'stray file';
  /** The blob; absent for a file that is none. */
  readonly digest?: Digest;
  /** Where it lies, in a store that is a folder. */
  readonly path?: string;
  /** What was found instead, or why it could not be read. */
  readonly detail: string;
}

export interface VerifyOptions {
  /** Progress in bytes, stage `verify`; the last one has `done` equal to `total`. */
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** How much was looked at. */
export interface VerifySummary {
  readonly blobs: number;
  readonly sizeBytes: number;
}

/** What a store on a file system can tell besides. */
interface OnDisk {
  placeOf(digest: Digest): string;
  strays(): AsyncIterable<{ path: string; fault: 'misnamed' | 'stray file' }>;
}

const blobsAtATime = 2;

/**
 * Hashes every blob anew, two at a time, and yields each fault as it is found; the generator returns how much it looked at.
 * Blobs that are deleted meanwhile are no fault. Throws only where the store cannot be listed, or the signal's reason.
 */
export async function* verifyBlobs(
  store: BlobStore & Partial<OnDisk>,
  options: VerifyOptions = {},
): AsyncGenerator<BlobFault, VerifySummary> {
  const { onProgress = () => {}, signal, clock = systemClock } = options;
  for await (const { path, fault } of store.strays?.() ?? []) {
    signal?.throwIfAborted();
    const detail = fault === 'misnamed' ? 'its name is not a digest' : 'it is no part of the store';
    yield { path, fault, detail };
  }
  const blobs: BlobInfo[] = [];
  for await (const blob of store.list()) blobs.push(blob);
  const sizeBytes = blobs.reduce((sum, blob) => sum + blob.sizeBytes, 0);
  const meter = createMeter(sizeBytes, onProgress, clock);

  const waiting = blobs.values();
  const running = new Map<BlobInfo, Promise<[BlobInfo, BlobFault | undefined]>>();
  const startNext = () => {
    const next = waiting.next();
    if (next.done) return;
    const check = checkBlob(store, next.value, meter, signal);
    // Heard here, since whoever takes the faults may be slow to come back.
    check.catch(() => {});
    running.set(next.value, check);
  };
  for (let i = 0; i < blobsAtATime; i++) startNext();
  try {
    while (running.size > 0) {
      const [blob, fault] = await Promise.race(running.values());
      running.delete(blob);
      startNext();
      if (fault) yield fault;
    }
  } finally {
    await Promise.allSettled(running.values());
  }
  meter.finish();
  return { blobs: blobs.length, sizeBytes };
}

async function checkBlob(
  store: BlobStore & Partial<OnDisk>,
  blob: BlobInfo,
  meter: Meter,
  signal: AbortSignal | undefined,
): Promise<[BlobInfo, BlobFault | undefined]> {
  const { digest } = blob;
  const where = { digest, ...(store.placeOf && { path: store.placeOf(digest) }) };
  const { algorithm } = splitDigest(digest);
  const hash = createHash(algorithm);
  let seenBytes = 0;
  try {
    for await (const chunk of await store.read(digest)) {
      signal?.throwIfAborted();
      hash.update(chunk);
      seenBytes += chunk.length;
      meter.add(chunk.length);
    }
    const actual: Digest = `${algorithm}:${hash.digest('hex')}`;
    if (actual === digest) return [blob, undefined];
    return [blob, { ...where, fault: 'corrupt', detail: `its ${seenBytes} bytes have the digest ${actual}` }];
  } catch (error) {
    signal?.throwIfAborted();
    if (hasCode(error, 'store.notFound')) return [blob, undefined];
    return [blob, { ...where, fault: 'unreadable', detail: errorText(error) }];
  } finally {
    meter.add(Math.max(0, blob.sizeBytes - seenBytes));
  }
}
