import type { Cluster } from '../api/types.ts';
import { useNow } from '../live/use-now.ts';

/** The time by the server's clock, renewed every second: certificates end by that of the bastion, not of the browser. */
export function useServerNow({ at }: Pick<Cluster, 'at'>, answeredAtMs: number): number {
  const now = useNow(1_000);
  return Math.max(now, answeredAtMs) + Date.parse(at) - answeredAtMs;
}
