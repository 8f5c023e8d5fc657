import { createHash } from 'node:crypto';
import { type Digest, splitDigest } from '../../kernel/index.ts';

/** The digest that bytes have by the algorithm of `expected`. */
export function shownDigest(bytes: Uint8Array, expected: Digest): string {
  const { algorithm } = splitDigest(expected);
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

export const matches = (bytes: Uint8Array, digest: Digest): boolean => shownDigest(bytes, digest) === digest;
