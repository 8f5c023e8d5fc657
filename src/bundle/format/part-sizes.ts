import { bundleErrors } from '../errors.ts';
import { chunkBytes, defaultPartBytes } from '../limits.ts';

/** A part before its chunks are hashed. */
export interface PartPlan {
  readonly start: number;
  readonly sizeBytes: number;
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
};

/**
 * Reads the largest size that a part may have and gives the size that parts get: whole chunks, and for `4GiB` one chunk less,
 * since no file on FAT has 4 GiB. Throws `bundle.badPartSize`.
 */
export function parsePartSize(text: string): number {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()]! : Number.NaN;
  const limit = Math.floor(Number.parseFloat(number) * factor);
  if (!Number.isSafeInteger(limit) || limit < chunkBytes)
    throw bundleErrors.badPartSize({ value: text.slice(0, 100) });
  if (limit === 2 ** 32) return defaultPartBytes;
  return limit - (limit % chunkBytes);
}

/** Cuts a tar into parts. */
export function cutParts(tarBytes: number, partBytes: number): readonly PartPlan[] {
  const count = Math.ceil(tarBytes / partBytes);
  return Array.from({ length: count }, (_, at) => ({
    start: at * partBytes,
    sizeBytes: Math.min(partBytes, tarBytes - at * partBytes),
  }));
}

/** How many chunks a part of this size has. */
export const chunksIn = (sizeBytes: number): number => Math.ceil(sizeBytes / chunkBytes);
