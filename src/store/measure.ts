import { createHash } from 'node:crypto';
import { type Digest, splitDigest } from '../kernel/index.ts';
import type { BlobInfo, Expected } from './blob-store.ts';
import { storeErrors } from './errors.ts';

/** Measures a blob on its way in and holds it to what was expected. */
export interface Measure {
  /** Throws `store.tooLarge` or `store.mismatch` as soon as too much has come. */
  add(chunk: Uint8Array): void;
  /** Throws `store.mismatch` where the whole is not what was expected. */
  finish(): BlobInfo;
}

/** A measure by the algorithm of the expected digest, else sha256. */
export function createMeasure(expected: Expected = {}): Measure {
  const algorithm = expected.digest ? splitDigest(expected.digest).algorithm : 'sha256';
  const hash = createHash(algorithm);
  const { maxBytes = Number.POSITIVE_INFINITY, sizeBytes: wanted } = expected;
  let sizeBytes = 0;
  return {
    add(chunk) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxBytes)
        throw storeErrors.tooLarge({ what: expected.digest ?? 'on its way in', limitBytes: maxBytes });
      if (wanted !== undefined && sizeBytes > wanted) throw wrongSize(wanted, `more than ${wanted} bytes`);
      hash.update(chunk);
    },
    finish() {
      if (wanted !== undefined && sizeBytes !== wanted) throw wrongSize(wanted, `${sizeBytes} bytes`);
      const digest: Digest = `${algorithm}:${hash.digest('hex')}`;
      if (expected.digest !== undefined && digest !== expected.digest)
        throw storeErrors.mismatch({ expected: expected.digest, actual: digest });
      return { digest, sizeBytes };
    },
  };
}

const wrongSize = (wanted: number, actual: string) =>
  storeErrors.mismatch({ expected: `${wanted} bytes`, actual });

/** The most that `bytes()` gives where the caller names no limit. */
export const defaultMaxBytes = 64 * 1024 * 1024;

/** The same bytes; throws `store.corrupt` where they do not have the digest. */
export function checkBytes(digest: Digest, bytes: Uint8Array): Uint8Array {
  const { algorithm } = splitDigest(digest);
  const actual = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
  if (actual !== digest) throw storeErrors.corrupt({ digest, actual });
  return bytes;
}
