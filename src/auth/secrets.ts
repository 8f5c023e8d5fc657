import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Where a room takes chance from, so that a test can hold it. */
export type RandomBytes = (size: number) => Uint8Array;
export const systemRandom: RandomBytes = (size) => randomBytes(size);

/** 256 bits of chance as 43 characters of base64url. */
export function newSecret(random: RandomBytes): string {
  return Buffer.from(random(32)).toString('base64url');
}

/** True for what `newSecret` makes; asked before anything is looked up. */
export function isSecret(value: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(value);
}

/** What the database keeps of a secret; 256 bits of chance need no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The CSRF token of a session: derived, so that it is bound to the session and stored nowhere. */
export function csrfOf(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('holdfast csrf').digest('base64url');
}

/** Compares two texts in a time that says nothing about where they differ. */
export function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
