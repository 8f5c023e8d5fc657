import { storeErrors } from './errors.ts';

/** Throws `store.badPartialKey` for what could not be the name of a folder. */
export function checkPartialKey(key: string): void {
  if (!/^[a-z0-9][a-z0-9._-]{0,159}$/.test(key)) throw storeErrors.badPartialKey({ key: key.slice(0, 200) });
}
