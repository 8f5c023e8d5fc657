import { storeErrors } from './errors.ts';

/** True for what can be the name of a folder, and leads nowhere else. */
export function isPartialKey(key: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,159}$/.test(key);
}

/** Throws `store.badPartialKey` for every other. */
export function checkPartialKey(key: string): void {
  if (!isPartialKey(key)) throw storeErrors.badPartialKey({ key: key.slice(0, 200) });
}
