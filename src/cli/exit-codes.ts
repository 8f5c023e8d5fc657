import { type ErrorKind, HoldfastError } from '../kernel/index.ts';

/** What the command line ends with; README.md has the same table. */
export const exitCodes = {
  ok: 0,
  /** The command did its work, and what it found is not all good: a fault in `verify`, a capture that is not `good`. */
  notAllGood: 1,
  internal: 70,
} as const;

const byKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 2,
  notFound: 3,
  conflict: 4,
  denied: 5,
  unsupported: 6,
  unavailable: 7,
  corrupt: 8,
  cancelled: 130,
};

/** The exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  return error instanceof HoldfastError ? byKind[error.kind] : exitCodes.internal;
}
