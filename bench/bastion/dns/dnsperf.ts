import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { percentile } from '../../lib/statistics.ts';

export interface Run {
  readonly queriesPerSecond: number;
  readonly lost: number;
}

/** As many queries as the server takes, a hundred under way at a time. */
export async function flood(port: number, file: string, seconds: number): Promise<Run> {
  let run: Run = { queriesPerSecond: 0, lost: 0 };
  await dnsperf(port, file, ['-l', `${seconds}`, '-c', '8', '-q', '100'], (line) => {
    const [, title, value] = /^\s*Queries (per second|lost):\s+([\d.]+)/.exec(line) ?? [];
    if (title === 'lost') run = { ...run, lost: Number(value) };
    if (title === 'per second') run = { ...run, queriesPerSecond: Number(value) };
  });
  return run;
}

/** How long the slowest of a hundred answers took at a rate that both engines keep, milliseconds. */
export async function p99Ms(port: number, file: string, seconds: number, perSecond: number): Promise<number> {
  const latencies: number[] = [];
  const args = ['-l', `${seconds}`, '-c', '8', '-q', '100', '-Q', `${perSecond}`, '-v'];
  await dnsperf(port, file, args, (line) => {
    const [, value] = /^> \S+ \S+ \S+ ([\d.]+)$/.exec(line) ?? [];
    if (value !== undefined) latencies.push(Number(value) * 1000);
  });
  return percentile(latencies, 0.99);
}

async function dnsperf(port: number, file: string, args: readonly string[], onLine: (line: string) => void) {
  const child = spawn('dnsperf', ['-s', '127.0.0.1', '-p', `${port}`, '-d', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) onLine(line);
  if (child.exitCode) throw new Error(`dnsperf ended with ${child.exitCode}`);
}
