import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNginx } from '../../../test/interop/support/nginx.ts';
import { table } from '../../lib/evidence-file.ts';
import { median } from '../../lib/statistics.ts';
import type { BastionPart } from '../part.ts';

interface Load {
  readonly name: string;
  readonly unit: string;
  /** How much there was of it in a second. */
  measure(url: string, seconds: number): Promise<number>;
}

const largeBytes = 512 * 1024 * 1024;

const loads: readonly Load[] = [
  ...[1, 16].map((clients) => ({
    name: `a large file, ${clients} ${clients === 1 ? 'client' : 'clients'}`,
    unit: 'MiB/s',
    measure: (url: string) => pull(`${url}/large`, clients),
  })),
  {
    name: 'files of 2 KiB, 16 clients',
    unit: 'a second',
    measure: async (url, seconds) => requests(`${url}/small`, seconds),
  },
];

/** Measures the file service beside nginx, in turn: a file of 512 MiB in memory with 1 and 16 clients, and small files. */
export const benchFiles: BastionPart = async ({ rounds, seconds, onStep }) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-files-'));
  writeFileSync(join(folder, 'large'), randomBytes(largeBytes));
  writeFileSync(join(folder, 'small'), randomBytes(2048));
  const nginx = await startNginx(folder);
  const ours = await startOurs(folder);
  try {
    const measured: { readonly load: Load; readonly holdfast: number; readonly nginx: number }[] = [];
    for (const load of loads) {
      onStep(load.name);
      const rates: [number[], number[]] = [[], []];
      // The first round warms both up and does not count.
      for (let round = 0; round <= rounds; round++)
        for (const [index, port] of [ours.port, nginx.port].entries()) {
          const rate = await load.measure(`http://127.0.0.1:${port}`, seconds);
          if (round > 0) rates[index]!.push(rate);
        }
      measured.push({ load, holdfast: median(rates[0]), nginx: median(rates[1]) });
    }
    const peakMib = Math.round(ours.peakBytes() / 2 ** 20);
    return resultOf(rounds, measured, peakMib);
  } finally {
    await Promise.all([ours.stop(), nginx.stop()]);
    rmSync(folder, { recursive: true });
  }
};

function resultOf(
  rounds: number,
  measured: readonly { readonly load: Load; readonly holdfast: number; readonly nginx: number }[],
  peakMib: number,
) {
  const rows = measured.map(({ load: { name, unit }, ...rates }) => ({
    name,
    unit,
    ...rates,
    ratio: rates.holdfast / rates.nginx,
  }));
  return {
    figures: { rounds, rows, peakMib },
    report: [
      `curl and wrk on the same machine, from memory, in turn, ${rounds} rounds, medians; nginx with one worker and sendfile. Holdfast's memory at its highest: ${peakMib} MiB.`,
      table(
        ['load', 'Holdfast', 'nginx', 'ratio'],
        rows.map((row) => [
          `${row.name}, ${row.unit}`,
          Math.round(row.holdfast),
          Math.round(row.nginx),
          row.ratio.toFixed(2),
        ]),
      ),
    ].join('\n\n'),
    checks: rows.slice(0, 2).map(({ name, ratio }) => ({
      asked: `throughput against nginx, ${name}: at least 0.5`,
      shown: ratio.toFixed(2),
      passed: ratio >= 0.5,
    })),
  };
}

async function pull(url: string, clients: number): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const child = spawn('curl', ['--silent', '--fail', '--output', '/dev/null', url], { stdio: 'ignore' });
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`curl ended with ${code}`);
    }),
  );
  return (clients * largeBytes) / 2 ** 20 / ((performance.now() - startedAt) / 1_000);
}

function requests(url: string, seconds: number): number {
  const said = execFileSync('wrk', ['-t1', '-c16', `-d${seconds}s`, url], { encoding: 'utf8' });
  if (/Non-2xx|Socket errors/.test(said)) throw new Error(`wrk got errors: ${said}`);
  return Number(/Requests\/sec: +([\d.]+)/.exec(said)?.[1]);
}

async function startOurs(folder: string) {
  const worker = join(import.meta.dirname, 'worker.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', worker, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  return {
    port: Number(String(said)),
    peakBytes: () =>
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024,
    async stop() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
