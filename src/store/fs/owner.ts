import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** How old a file of an owner that cannot be looked up (another machine, container or boot) must be to count as left behind. */
export const foreignMaxAgeMs = 24 * 60 * 60 * 1000;

const read = <T>(get: () => T): T | undefined => {
  try {
    return get();
  } catch {
    return undefined;
  }
};

/** When a process began, in clock ticks since boot (proc(5), field 22 of stat); `0` where the system does not say, undefined where there is no such process, or it has ended and nobody asked how. */
function startOf(pid: number): string | undefined {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name in field 2 may hold spaces and brackets, so the fields are counted from its end.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  if (state !== undefined) return state === 'Z' || state === 'X' ? undefined : fields[18];
  if (read(() => readFileSync('/proc/self/stat')) !== undefined) return undefined;
  return read(() => process.kill(pid, 0)) ? '0' : undefined;
}

/** Process ids mean something only within one boot of one machine and one pid namespace. */
const home = createHash('sha256')
  .update(read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')) ?? hostname())
  .update(read(() => readlinkSync('/proc/self/ns/pid')) ?? '')
  .digest('hex')
  .slice(0, 12);

/** A name for a temporary file that says which process writes it; no two are the same. */
export function ownedName(): string {
  return `${home}-${process.pid}-${startOf(process.pid)}-${randomBytes(9).toString('hex')}`;
}

/** Whether the process that a temporary file names still runs; `foreign` where that cannot be known from here, undefined for a name not made by `ownedName`. */
export function ownerState(name: string): 'alive' | 'dead' | 'foreign' | undefined {
  const [, theirs, pid, start] = /^([0-9a-f]{12})-(\d{1,10})-(\d{1,20})-[0-9a-f]{18}$/.exec(name) ?? [];
  if (theirs === undefined) return undefined;
  if (theirs !== home) return 'foreign';
  return startOf(Number(pid)) === start ? 'alive' : 'dead';
}
