import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new text id: 10 characters of time and 16 of chance in Crockford's base 32, lower case (a ULID).
 * Ids made later sort later, to the millisecond; `nowMs` is epoch milliseconds.
 */
export function newId(nowMs: number = Date.now()): string {
  let time = '';
  let rest = nowMs;
  for (let i = 0; i < 10; i++) {
    time = alphabet[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let chance = '';
  for (const byte of randomBytes(16)) chance += alphabet[byte & 31];
  return time + chance;
}

/** Makes ids of which each sorts after the one before, also within one millisecond. */
export function createIds(clock: Clock): () => string {
  let last = 0;
  return () => {
    last = Math.max(clock.now(), last + 1);
    return newId(last);
  };
}
