import { HoldfastError } from '../../../kernel/index.ts';

/** True where the store itself cannot take bytes (full, not writable): no fault of the page, so the capture must fail and be tried again. */
export function isStoreFault(error: unknown): error is HoldfastError {
  return error instanceof HoldfastError && error.code.startsWith('store.') && error.kind === 'unavailable';
}
