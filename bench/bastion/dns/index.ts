import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKnot } from '../../../test/interop/support/knot.ts';
import { table } from '../../lib/evidence-file.ts';
import { treeCpuSeconds, treePssBytes } from '../../lib/process-tree.ts';
import { median } from '../../lib/statistics.ts';
import type { PartOptions, PartResult } from '../part.ts';
import { flood, p99Ms } from './dnsperf.ts';
import { questions, zones } from './zones.ts';

/** A rate that both engines keep with room to spare, so that it compares answers and not queues. */
const steadyPerSecond = 2000;

interface Figures {
  readonly name: string;
  readonly queriesPerSecond: number;
  readonly p99Ms: number;
  readonly lost: number;
  readonly cpuMicrosecondsPerQuery: number;
  readonly memoryBytes: number;
}

/** Measures our DNS server beside knot, both with the same zones and one thread for UDP, asked by dnsperf in turn. */
export async function benchDns({ rounds, seconds, onStep }: PartOptions): Promise<PartResult> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-dns-'));
  const file = join(folder, 'questions');
  writeFileSync(file, questions(20_000));
  const worker = join(import.meta.dirname, 'worker.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', worker], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    await using knot = await startKnot(zones);
    const [said] = await once(child.stdout, 'data');
    const engines = [
      { name: 'Holdfast', pid: child.pid!, port: Number(String(said)) },
      { name: 'knot', pid: knot.pid, port: knot.port },
    ];
    const measured = engines.map((): Omit<Figures, 'name'>[] => []);
    for (const { port } of engines) await flood(port, file, 1);
    for (let round = 1; round <= rounds; round++) {
      for (const [i, engine] of engines.entries()) {
        onStep(`round ${round} of ${rounds}: ${engine.name}`);
        measured[i]!.push(await measure(engine, file, seconds));
      }
    }
    const [ours, knots] = engines.map(({ name }, i) => middle(name, measured[i]!));
    return resultOf(ours!, knots!);
  } finally {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
    rmSync(folder, { recursive: true });
  }
}

async function measure({ pid, port }: { pid: number; port: number }, file: string, seconds: number) {
  const before = treeCpuSeconds(pid);
  const { queriesPerSecond, lost } = await flood(port, file, seconds);
  const cpuSeconds = treeCpuSeconds(pid) - before;
  return {
    queriesPerSecond,
    lost,
    cpuMicrosecondsPerQuery: (cpuSeconds / (queriesPerSecond * seconds)) * 1e6,
    memoryBytes: treePssBytes(pid),
    p99Ms: await p99Ms(port, file, seconds, steadyPerSecond),
  };
}

function middle(name: string, rounds: readonly Omit<Figures, 'name'>[]): Figures {
  const of = (key: keyof Omit<Figures, 'name'>) => median(rounds.map((it) => it[key]));
  return {
    name,
    queriesPerSecond: of('queriesPerSecond'),
    p99Ms: of('p99Ms'),
    lost: rounds.reduce((sum, { lost }) => sum + lost, 0),
    cpuMicrosecondsPerQuery: of('cpuMicrosecondsPerQuery'),
    memoryBytes: of('memoryBytes'),
  };
}

function resultOf(ours: Figures, knot: Figures): PartResult {
  const share = ours.queriesPerSecond / knot.queriesPerSecond;
  const rows = [ours, knot].map((it) => [
    it.name,
    Math.round(it.queriesPerSecond),
    it.p99Ms.toFixed(2),
    it.cpuMicrosecondsPerQuery.toFixed(1),
    Math.round(it.memoryBytes / 2 ** 20),
    it.lost,
  ]);
  return {
    figures: { holdfast: ours, knot, share },
    report: [
      `Questions of a cluster (known names, new names below the wildcard, missing ones, SRV, PTR) from dnsperf on the same machine; both engines answer UDP with one thread; in turn, medians. The p99 is taken at ${steadyPerSecond} queries a second. Holdfast answers ${Math.round(share * 100)} % of knot's queries a second: what is lost is the way of each packet through JavaScript.`,
      table(['server', 'queries a second', 'p99 ms', 'CPU µs a query', 'memory MiB', 'lost'], rows),
    ].join('\n\n'),
    checks: [{ asked: 'no query is lost', shown: `${ours.lost}`, passed: ours.lost === 0 }],
  };
}
