import { answerQuestions } from '../lib/tree-worker.ts';
import { bareEngine } from './engines/bare.ts';
import type { BenchEngine, EngineName } from './engines/engine.ts';
import { holdfastEngine } from './engines/holdfast.ts';
import { settledEngine } from './engines/settled.ts';
import { singleFileEngine } from './engines/single-file.ts';
import { singleFileCliEngine } from './engines/single-file-cli.ts';

const engines: Readonly<Record<EngineName, () => Promise<BenchEngine>>> = {
  bare: bareEngine,
  settled: settledEngine,
  holdfast: holdfastEngine,
  'single-file': singleFileEngine,
  'single-file-cli': singleFileCliEngine,
};

/** Pages to open, so many at a time. */
export interface Question {
  readonly urls: readonly string[];
  readonly atOnce: number;
}

export interface WorkerAnswer {
  /** For each page, in the order in which they ended. */
  readonly wallMs: readonly number[];
  readonly bytes: readonly number[];
  /** From the first to the last. */
  readonly totalMs: number;
}

const engine = await engines[process.argv[2] as EngineName]();
await answerQuestions<Question>(async ({ urls, atOnce }) => {
  const queue = [...urls];
  const wallMs: number[] = [];
  const bytes: number[] = [];
  const startedAt = performance.now();
  const line = async () => {
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      const from = performance.now();
      bytes.push(await engine.open(url));
      wallMs.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, line));
  return { wallMs, bytes, totalMs: performance.now() - startedAt } satisfies WorkerAnswer;
});
await engine.close();
