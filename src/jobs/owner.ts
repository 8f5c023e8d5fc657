import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where a process lives and which one it is; together they name it for all time. */
interface ProcessName {
  readonly host: string;
  /** `/etc/machine-id`, which tells two machines of one name apart; empty where there is none. */
  readonly machine: string;
  readonly boot: string;
  /** The process number space, which tells containers apart. */
  readonly space: string;
  readonly pid: number;
  /** In clock ticks since the boot, which tells a reused process number apart. */
  readonly startedAt: string;
}

const here = {
  host: hostname(),
  machine: readText('/etc/machine-id'),
  boot: readText('/proc/sys/kernel/random/boot_id'),
  space: readSpace(),
};

/** A new owner of leases within this process: JSON of the process's name and something random. */
export function newOwner(pid: number = process.pid): string {
  const name: ProcessName = { ...here, pid, startedAt: findStart(pid) ?? '' };
  return JSON.stringify({ ...name, runner: randomBytes(8).toString('hex') });
}

/** True only where it is certain that the owner's process has ended; false where it lives or nobody here can know. */
export function isDead(owner: string): boolean {
  const name = parseOwner(owner);
  if (!name || name.host !== here.host || name.machine !== here.machine) return false;
  if (name.boot !== here.boot) return here.machine !== '' && here.boot !== '' && name.boot !== '';
  if (name.space !== here.space || here.boot === '') return false;
  return findStart(name.pid) !== name.startedAt;
}

function parseOwner(owner: string): ProcessName | undefined {
  try {
    const value: unknown = JSON.parse(owner);
    if (typeof value === 'object' && value !== null && 'pid' in value) return value as ProcessName;
  } catch {}
  return undefined;
}

/** The start time of a living process (proc(5), `/proc/<pid>/stat` field 22); undefined where it has ended. */
function findStart(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  // The name in field 2 may hold spaces and brackets, so the fields are counted from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startedAt] = [fields[0], fields[19]];
  return state === 'Z' || state === 'X' ? undefined : startedAt;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function readSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
