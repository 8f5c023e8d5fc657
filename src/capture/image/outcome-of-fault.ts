import { type DetailValue, HoldfastError } from '../../kernel/index.ts';
import type { Evidence, EvidenceCode, Verdict } from '../../links/index.ts';

export interface Reason {
  readonly verdict: Verdict;
  readonly evidence: Evidence;
}

/** Which evidence an error of the source becomes, with its details under the names that the sentence has. */
const told: Readonly<
  Record<string, { code: EvidenceCode; verdict: Verdict; details: Record<string, string> }>
> = {
  'images.notFound': { code: 'imageNotFound', verdict: 'not-found', details: { image: 'image' } },
  'images.noPlatform': {
    code: 'platformMissing',
    verdict: 'failed',
    details: { platform: 'platform', platforms: 'platforms' },
  },
  'images.partGone': { code: 'partMissing', verdict: 'failed', details: { part: 'digest' } },
  'capture.refusedAddress': {
    code: 'refusedAddress',
    verdict: 'failed',
    details: { address: 'address', reason: 'reason' },
  },
  'capture.badRelease': { code: 'releaseMalformed', verdict: 'failed', details: { detail: 'fault' } },
};

/**
 * What an error says of the image, where trying again would not help; undefined for every other error, which is to be thrown
 * on: those of kind `unavailable` and `cancelled`, those of the store, and what is not ours.
 */
export function reasonOf(error: unknown): Reason | undefined {
  if (!(error instanceof HoldfastError)) return undefined;
  if (error.kind === 'unavailable' || error.kind === 'cancelled') return undefined;
  if (!/^(?:images|capture)\./.test(error.code)) return undefined;
  const known = Object.hasOwn(told, error.code) ? told[error.code] : undefined;
  if (!known)
    return { verdict: 'failed', evidence: { code: 'imageUnusable', details: { detail: error.message } } };
  const details: Record<string, DetailValue> = { detail: error.message };
  for (const [name, from] of Object.entries(known.details)) details[name] = error.details[from] ?? '';
  return { verdict: known.verdict, evidence: { code: known.code, details } };
}
