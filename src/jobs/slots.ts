import type { Lane } from './types.ts';

/**
 * The lanes from which a runner with `concurrency` slots may take its next job while jobs of `busy` lanes run. One slot
 * is kept for a person (where there is more than one); of the work that nobody waits for, one piece runs at a time.
 */
export function freeLanes(busy: readonly Lane[], concurrency: number): readonly Lane[] {
  if (busy.length >= concurrency) return [];
  const others = busy.filter((lane) => lane !== 'person').length;
  if (others >= Math.max(1, concurrency - 1)) return ['person'];
  return busy.includes('after') ? ['person', 'bulk'] : ['person', 'bulk', 'after'];
}
