import { readdirSync, readFileSync } from 'node:fs';

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Clock ticks of itself and of the children that it has waited for. */
  readonly ticks: number;
}

/** Clock ticks in a second; the kernel shows 100 to user space on every architecture that we run on. */
const ticksPerSecond = 100;

function statOf(pid: number): ProcessStat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name may hold spaces and brackets: fields are counted from the last one (proc(5), from `state` on).
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { pid, parent: Number(fields[1]), ticks };
  } catch {
    return undefined;
  }
}

/** A process and all that descend from it, as they are now. */
function tree(root: number): ProcessStat[] {
  const children = new Map<number, ProcessStat[]>();
  const found: ProcessStat[] = [];
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (!stat) continue;
    if (stat.pid === root) found.push(stat);
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat]);
  }
  for (let i = 0; i < found.length; i++) found.push(...(children.get(found[i]!.pid) ?? []));
  return found;
}

/** The process of a tree whose command line holds the text, nearest to the root; undefined where there is none. */
export function findInTree(root: number, text: string): number | undefined {
  return tree(root).find(({ pid }) => {
    try {
      // A shell that was given the command as its arguments holds the text too.
      const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return /node[^/]*$/.test(program) && args.some((arg) => arg.includes(text));
    } catch {
      return false;
    }
  })?.pid;
}

/** Processor seconds that a tree has used so far, ended processes included as far as somebody in the tree waited for them. */
export function treeCpuSeconds(root: number): number {
  return tree(root).reduce((sum, { ticks }) => sum + ticks, 0) / ticksPerSecond;
}

/** Memory of a tree in bytes: each process's proportional share (PSS), so that shared pages count once. */
export function treePssBytes(root: number): number {
  let sum = 0;
  for (const { pid } of tree(root)) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
      sum += Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
    } catch {}
  }
  return sum;
}

/** Samples a tree's memory until `stop`, which gives the peak in bytes. */
export function watchMemory(root: number, everyMs = 150): { stop(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, treePssBytes(root));
  }, everyMs);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}
