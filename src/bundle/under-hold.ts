import type { Hold, Holds } from '../links/index.ts';

/** Runs work under a hold where there are holds; the signal aborts with the caller's, and where the hold is lost. */
export function underHold<R>(
  holds: Pick<Holds, 'holdWhile'> | undefined,
  hold: Partial<Hold>,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal | undefined) => Promise<R>,
): Promise<R> {
  if (!holds) return work(signal);
  return holds.holdWhile(hold, (lost) => work(signal ? AbortSignal.any([signal, lost]) : lost));
}
