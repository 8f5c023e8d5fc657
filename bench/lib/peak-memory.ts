import { readFileSync } from 'node:fs';

/** The most memory that this process had since its program began; `maxRSS` counts what its parent had when it was forked. */
export function peakMemoryBytes(): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  if (kib === undefined) throw new Error('the system does not tell how much memory this process had');
  return Number(kib) * 1024;
}
