import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../../lib/evidence-file.ts';
import { median } from '../../lib/statistics.ts';
import type { BastionPart } from '../part.ts';
import { type Engine, largeBytes, startEngines } from './engines.ts';

/** One kind of load. */
interface Load {
  readonly name: string;
  readonly unit: string;
  readonly path: string;
  readonly wrk: readonly string[];
  /** What one request counts, in the unit. */
  readonly worth: number;
}

/** Medians over the rounds. */
interface Measured {
  readonly load: string;
  readonly unit: string;
  readonly holdfast: number;
  readonly haproxy: number;
  /** Of the engine's own processor, for each thousand of the unit. */
  readonly holdfastCpu: number;
  readonly haproxyCpu: number;
}

const sessions = 100;
const mib = largeBytes / 2 ** 20;

/** Measures the balancer beside haproxy in front of one nginx, in turn: throughput each way with 100 sessions, and new connections. */
export const benchBalancer: BastionPart = async ({ rounds, seconds, onStep }) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-wrk-'));
  const upload = join(folder, 'upload.lua');
  writeFileSync(upload, `wrk.method = "POST"; wrk.body = string.rep("x", ${largeBytes})\n`);
  const loads: readonly Load[] = [
    { name: 'to clients', unit: 'MiB/s', path: 'large', wrk: [], worth: mib },
    { name: 'from clients', unit: 'MiB/s', path: 'sink', wrk: ['-s', upload], worth: mib },
    {
      name: 'new connections',
      unit: 'a second',
      path: 'small',
      wrk: ['-H', 'Connection: close'],
      worth: 1,
    },
  ];
  await using running = await startEngines();
  const measured: Measured[] = [];
  for (const load of loads) {
    onStep(load.name);
    const runs: Record<Engine['name'], Run[]> = { Holdfast: [], haproxy: [] };
    for (let round = 0; round < rounds; round++)
      for (const engine of running.engines) runs[engine.name].push(measure(engine, load, seconds));
    const middle = (name: Engine['name'], what: keyof Run) => median(runs[name].map((run) => run[what]));
    measured.push({
      load: load.name,
      unit: load.unit,
      holdfast: middle('Holdfast', 'rate'),
      haproxy: middle('haproxy', 'rate'),
      holdfastCpu: middle('Holdfast', 'cpu'),
      haproxyCpu: middle('haproxy', 'cpu'),
    });
  }
  rmSync(folder, { recursive: true });
  const [ours, theirs] = running.engines.map((engine) => Math.round(engine.peakBytes() / 2 ** 20));
  const ratios = measured.map(({ holdfast, haproxy }) => holdfast / haproxy);
  return {
    figures: { rounds, seconds, sessions, measured, peakMib: { holdfast: ours, haproxy: theirs } },
    report: [
      `${sessions} sessions of wrk through each balancer to one nginx, in turn, ${rounds} rounds of ${seconds} s, medians; clients, backend and balancer share the machine. Memory at its highest: Holdfast ${ours} MiB, haproxy ${theirs} MiB.`,
      table(
        ['load', 'Holdfast', 'haproxy', 'ratio', 'CPU s for 1000: Holdfast', 'haproxy'],
        measured.map((row, index) => [
          `${row.load}, ${row.unit}`,
          Math.round(row.holdfast),
          Math.round(row.haproxy),
          ratios[index]!.toFixed(2),
          row.holdfastCpu.toFixed(2),
          row.haproxyCpu.toFixed(2),
        ]),
      ),
    ].join('\n\n'),
    checks: measured.slice(0, 2).map(({ load }, index) => ({
      asked: `throughput ${load} against haproxy with ${sessions} sessions: at least 0.3`,
      shown: ratios[index]!.toFixed(2),
      passed: ratios[index]! >= 0.3,
    })),
  };
};

interface Run {
  readonly rate: number;
  readonly cpu: number;
}

function measure(engine: Engine, { path, wrk, worth }: Load, seconds: number): Run {
  const before = engine.cpuSeconds();
  const said = execFileSync(
    'wrk',
    ['-t1', `-c${sessions}`, `-d${seconds}s`, ...wrk, `http://127.0.0.1:${engine.port}/${path}`],
    { encoding: 'utf8' },
  );
  const [, count, elapsed] = /(\d+) requests in ([\d.]+)s/.exec(said) ?? [];
  if (/Non-2xx/.test(said)) throw new Error(`wrk through ${engine.name} got errors: ${said}`);
  const done = Number(count) * worth;
  return { rate: done / Number(elapsed), cpu: ((engine.cpuSeconds() - before) / done) * 1000 };
}
