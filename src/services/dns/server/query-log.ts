import type { Clock } from '../../../kernel/index.ts';
import type { QueryEvent, QueryLogLimits } from '../types.ts';
import { createPerSecond } from './per-second.ts';

export interface QueryLog {
  /** False where this second has had its events: the event need not be made. */
  admits(): boolean;
  add(event: QueryEvent): void;
  recent(): readonly QueryEvent[];
}

/** Keeps the newest events in a ring and tells a listener, whose faults do not reach the server. */
export function createQueryLog(
  { kept, perSecond }: QueryLogLimits,
  clock: Clock,
  onQuery: (event: QueryEvent) => void,
): QueryLog {
  const ring: QueryEvent[] = [];
  let next = 0;
  return {
    admits: createPerSecond(perSecond, clock),
    add(event) {
      if (kept > 0) ring[next++ % kept] = event;
      try {
        onQuery(event);
      } catch {}
    },
    recent() {
      const from = ring.length < kept ? 0 : next % kept;
      return [...ring.slice(from), ...ring.slice(0, from)];
    },
  };
}
