import { readFileSync } from 'node:fs';

/** Processor seconds that the whole machine has been busy since it started (proc(5), /proc/stat). */
function machineBusySeconds(): number {
  const line = readFileSync('/proc/stat', 'latin1').split('\n')[0]!;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq) / 100;
}

/** Watches what the rest of the machine does while something is measured. `ownSeconds` tells the processor time of all that is ours, this process apart. */
export function watchOthers(ownSeconds: () => number): () => number {
  const ourselves = () => {
    const { user, system } = process.cpuUsage();
    return ownSeconds() + (user + system) / 1e6;
  };
  const [busy, own, at] = [machineBusySeconds(), ourselves(), performance.now()];
  /** Cores that others kept busy, on average since the start. */
  return () => {
    const elapsed = (performance.now() - at) / 1000;
    return Math.max(0, (machineBusySeconds() - busy - (ourselves() - own)) / elapsed);
  };
}
