import type { Check } from '../lib/check.ts';
import { machineLine, table } from '../lib/evidence-file.ts';
import { ownNamespace } from '../lib/tree-worker.ts';
import { type EngineName, engineNames, engineTitles } from './engines/engine.ts';
import type { EngineFigures, Throughput } from './measure.ts';

export interface CaptureFigures {
  readonly pageBytes: number;
  readonly engines: Readonly<Record<EngineName, EngineFigures>>;
  readonly throughput: readonly Throughput[];
  readonly peakMemoryBytes: number;
}

const atMost = (asked: string, value: number, limit: number, unit = ''): Check => ({
  asked: `${asked}: at most ${limit}${unit}`,
  shown: value.toFixed(2) + unit,
  passed: value <= limit,
});

/** The figures against what is asked. */
export function checksOf({ engines, throughput, peakMemoryBytes }: CaptureFigures): readonly Check[] {
  const { holdfast, settled, 'single-file': peer } = engines;
  const best = Math.max(...throughput.map((one) => one.pagesPerSecondPerCore));
  return [
    atMost('wall time against the waiting-rule floor', holdfast.wallMs / settled.wallMs, 1.6),
    atMost('wall time against SingleFile injected', holdfast.wallMs / peer.wallMs, 0.4),
    atMost('processor time against SingleFile injected', holdfast.cpuSeconds / peer.cpuSeconds, 0.85),
    {
      asked: 'pages a second for each core at the best concurrency: at least 0.85',
      shown: best.toFixed(2),
      passed: best >= 0.85,
    },
    atMost('memory of server and browsers with 4 pages at once', peakMemoryBytes / 1e9, 1.2, ' GB'),
  ];
}

/** The report as Markdown; the terminal shows the same. */
export function reportOf(figures: CaptureFigures): string {
  const { engines, throughput, pageBytes } = figures;
  const rows = engineNames.map((name) => {
    const { wallMs, cpuSeconds, pages, failures } = engines[name];
    return [engineTitles[name], Math.round(wallMs), cpuSeconds.toFixed(2), pages, failures.length];
  });
  const note = ownNamespace
    ? 'Processor time is exact: every tree ran in a process namespace of its own, whose first process waits for orphans.'
    : 'Processor time is a lower bound: there were no process namespaces, so browsers that were killed are counted as far as their parent waited for them.';
  return [
    '## Bench capture',
    `\`npm run bench -- capture --write\`, ${machineLine()}. Twelve article-like pages of ${(pageBytes / 1e6).toFixed(2)} MB each on loopback, rounds interleaved; wall time is the median, processor time the mean of the whole process tree.`,
    table(['engine', 'wall ms', 'CPU s', 'pages', 'failed'], rows),
    note,
    table(
      ['pages at once', ...throughput.map((one) => String(one.atOnce))],
      [
        ['pages a second', ...throughput.map((one) => one.pagesPerSecond.toFixed(2))],
        ['for each core', ...throughput.map((one) => one.pagesPerSecondPerCore.toFixed(2))],
        ['cores that other programs kept busy', ...throughput.map((one) => one.othersCores.toFixed(2))],
      ],
    ),
    table(
      ['asked', 'measured', ''],
      checksOf(figures).map(({ asked, shown, passed }) => [asked, shown, passed ? 'PASS' : 'MISS']),
    ),
  ].join('\n\n');
}
