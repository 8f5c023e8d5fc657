import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHoldfast } from '../lib/holdfast-server.ts';
import { watchOthers } from '../lib/other-load.ts';
import { watchMemory } from '../lib/process-tree.ts';
import { median } from '../lib/statistics.ts';
import { startWorker, type TreeWorker } from '../lib/tree-worker.ts';
import { type EngineName, engineNames } from './engines/engine.ts';
import type { Question, WorkerAnswer } from './worker.ts';

export interface EngineFigures {
  readonly wallMs: number;
  /** Processor seconds of the whole process tree for one page, browsers that ended included. */
  readonly cpuSeconds: number;
  readonly pages: number;
  /** Pages that it did not get. */
  readonly failures: readonly string[];
}

export interface Throughput {
  readonly atOnce: number;
  readonly pagesPerSecond: number;
  readonly pagesPerSecondPerCore: number;
  /** Cores that other programs kept busy meanwhile; what is measured is true only near 0. */
  readonly othersCores: number;
}

const worker = (name: EngineName) => startWorker(join(import.meta.dirname, 'worker.ts'), [name]);
const ask = (one: TreeWorker, question: Question) => one.ask<WorkerAnswer>(question);

interface Round {
  readonly wallMs: number[];
  readonly cpuSeconds: number[];
  readonly failures: string[];
}

/** Opens the same pages by every engine in turn, in rounds whose order rotates, so that a change in the machine's pace meets all alike. */
export async function measureEngines(
  pages: readonly string[],
  options: { rounds: number; slowPages: number; onStep(line: string): void },
): Promise<Readonly<Record<EngineName, EngineFigures>>> {
  const workers = new Map(engineNames.map((name) => [name, worker(name)]));
  const rounds = new Map<EngineName, Round>(
    engineNames.map((name) => [name, { wallMs: [], cpuSeconds: [], failures: [] }]),
  );
  try {
    // The first page of each pays for starting up and is not counted.
    for (const one of workers.values())
      await ask(one, { urls: [pages[0]!], atOnce: 1 }).catch(() => undefined);
    for (let round = 0; round < options.rounds; round++) {
      const order = engineNames.map((_, i) => engineNames[(i + round) % engineNames.length]!);
      for (const name of order) {
        const count = name === 'single-file-cli' ? options.slowPages : pages.length;
        const from = name === 'single-file-cli' ? round * count : 0;
        const [one, result] = [workers.get(name)!, rounds.get(name)!];
        for (let i = 0; i < count; i++) {
          const before = one.cpuSeconds();
          try {
            const { wallMs } = await ask(one, { urls: [pages[(from + i) % pages.length]!], atOnce: 1 });
            result.wallMs.push(...wallMs);
            result.cpuSeconds.push(one.cpuSeconds() - before);
          } catch (error) {
            result.failures.push(String(error).slice(0, 300));
          }
        }
        options.onStep(`round ${round + 1}: ${name} ${Math.round(median(result.wallMs))} ms`);
      }
    }
  } finally {
    await Promise.all([...workers.values()].map((one) => one.end()));
  }
  const figures = [...rounds].map(([name, { wallMs, cpuSeconds, failures }]) => {
    const mean = cpuSeconds.reduce((sum, value) => sum + value, 0) / cpuSeconds.length;
    return [name, { wallMs: median(wallMs), cpuSeconds: mean, pages: wallMs.length, failures }];
  });
  return Object.fromEntries(figures);
}

/** Pages in a second with so many at once, Holdfast with all formats. */
export async function measureThroughput(
  pages: readonly string[],
  levels: readonly number[],
): Promise<readonly Throughput[]> {
  const results: Throughput[] = [];
  for (const atOnce of levels) {
    const one = worker('holdfast');
    try {
      await ask(one, { urls: pages.slice(0, atOnce), atOnce });
      const others = watchOthers(one.cpuSeconds);
      const urls = [...pages, ...pages];
      const { totalMs } = await ask(one, { urls, atOnce });
      const pagesPerSecond = (urls.length / totalMs) * 1000;
      results.push({
        atOnce,
        pagesPerSecond,
        pagesPerSecondPerCore: pagesPerSecond / availableParallelism(),
        othersCores: others(),
      });
    } finally {
      await one.end();
    }
  }
  return results;
}

/** The most memory that the server and its browsers held together, in bytes, with so many pages at once; PDFs are made on the way, as always. */
export async function measureMemory(pages: readonly string[], atOnce: number): Promise<number> {
  const data = await mkdtemp(join(tmpdir(), 'holdfast-memory-'));
  const server = await startHoldfast(data, { HOLDFAST_CAPTURE_CONCURRENCY: String(atOnce) });
  const watch = watchMemory(server.pid);
  try {
    // A query makes another link of the same page.
    await server.add([0, 1].flatMap((round) => pages.map((url) => `${url}?round=${round}`)));
    await server.settled();
    await server.idle();
    return watch.stop();
  } finally {
    watch.stop();
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
}
