import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Clock } from '../kernel/index.ts';
import { authErrors } from './errors.ts';

/** After `free` failures each further one doubles the pause, up to the longest one. */
interface Limit {
  readonly free: number;
  readonly firstPauseMs: number;
}

const longestPauseMs = 15 * 60_000;
/** Failures are forgotten when nothing failed for this long. */
const memoryMs = 60 * 60_000;
const mostKeys = 10_000;

const limits: Readonly<Record<'pair' | 'address' | 'name', Limit>> = {
  pair: { free: 5, firstPauseMs: 2_000 },
  address: { free: 20, firstPauseMs: 2_000 },
  // Generous, because whoever fails on purpose here shuts out the name's owner.
  name: { free: 50, firstPauseMs: 1_000 },
};

interface Failures {
  count: number;
  lastAt: number;
  pauseMs: number;
}

/** Slows down whoever guesses: failures count by name, by address and by both together, in bounded memory. */
export interface Throttle {
  /** Counts an attempt as failed until `succeeded` takes that back; throws `auth.throttled` while a pause lasts. */
  begin(name: string, address: string): void;
  /** Forgets the failures of the pair, and this attempt for the address and the name. */
  succeeded(name: string, address: string): void;
}

/** Makes a throttle that forgets on restart. */
export function createThrottle(clock: Clock): Throttle {
  // A Map keeps the order of insertion, so its first key is the one that was touched longest ago.
  const seen = new Map<string, Failures>();

  const current = (key: string): Failures => {
    const known = seen.get(key);
    if (known && clock.now() - known.lastAt < memoryMs) return known;
    return { count: 0, lastAt: clock.now(), pauseMs: 0 };
  };

  return {
    begin(name, address) {
      const now = clock.now();
      const keys = keysOf(name, address);
      const waitMs = Math.max(
        ...keys.map(([key]) => {
          const { lastAt, pauseMs } = current(key);
          return lastAt + pauseMs - now;
        }),
      );
      if (waitMs > 0) throw authErrors.throttled({ seconds: Math.ceil(waitMs / 1_000) });
      for (const [key, limit] of keys) {
        const count = current(key).count + 1;
        const pauseMs =
          count <= limit.free ? 0 : limit.firstPauseMs * 2 ** Math.min(count - limit.free - 1, 20);
        seen.delete(key);
        seen.set(key, { count, lastAt: now, pauseMs: Math.min(pauseMs, longestPauseMs) });
      }
      for (const key of seen.keys()) {
        if (seen.size <= mostKeys) break;
        seen.delete(key);
      }
    },
    succeeded(name, address) {
      const [pair, ...others] = keysOf(name, address);
      seen.delete(pair![0]);
      for (const [key] of others) {
        const known = seen.get(key);
        if (known) seen.set(key, { ...known, count: known.count - 1, pauseMs: 0 });
      }
    },
  };
}

function keysOf(name: string, address: string): [key: string, limit: Limit][] {
  const who = networkOf(address);
  // Hashed, because a name that was tried may be megabytes long.
  const whom = createHash('sha256').update(name.toLowerCase()).digest('base64url');
  return [
    [`pair ${whom} ${who}`, limits.pair],
    [`address ${who}`, limits.address],
    [`name ${whom}`, limits.name],
  ];
}

/** One customer has a whole /64 of IPv6, so that counts as one address; a mapped IPv4 address is the IPv4 one. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address.slice(0, 100);
  const [head = '', tail] = address.split('%')[0]!.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) while (groups.length < 4) groups.push('0');
  return groups.slice(0, 4).join(':');
}
