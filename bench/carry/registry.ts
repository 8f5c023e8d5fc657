import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createClient } from '../../test/interop/registry-conformance/client.ts';
import { partOf } from '../../test/interop/registry-conformance/material.ts';
import { createWorld } from '../../test/interop/registry-conformance/world.ts';
import { startDockerRegistry } from '../../test/interop/support/docker-registry.ts';
import type { Check } from '../lib/check.ts';
import { median } from '../lib/statistics.ts';
import { memoryCheck } from './memory-check.ts';

/** Bytes a second that clients got together, the median of the rounds. */
export interface PullThroughput {
  readonly clients: number;
  readonly holdfast: number;
  readonly docker: number;
}

export interface RegistryFigures {
  readonly blobBytes: number;
  readonly rounds: number;
  readonly throughput: readonly PullThroughput[];
  /** The most memory that Holdfast's registry had. */
  readonly peakBytes: number;
}

const blobBytes = 256 * 1024 * 1024;

/** Pulls one blob of 256 MiB with curl from Holdfast's registry and from docker-registry, round about, with 1 and 16 clients. */
export async function measureRegistry(rounds = 5): Promise<RegistryFigures> {
  const ours = await startHoldfast();
  const docker = await startDockerRegistry();
  const throughput: PullThroughput[] = [];
  let peakBytes = 0;
  try {
    const blob = partOf(randomBytes(blobBytes));
    const targets: string[] = [];
    for (const { url } of [ours, docker]) {
      await createWorld(createClient(url)).pushBlob(blob, 'bench');
      targets.push(`${url}/v2/bench/blobs/${blob.digest}`);
    }
    for (const clients of [1, 16]) {
      const rates: [number[], number[]] = [[], []];
      // The first round warms both up and does not count.
      for (let round = 0; round <= rounds; round++)
        for (const [index, target] of targets.entries()) {
          const rate = await rateOf(target, clients);
          if (round > 0) rates[index]!.push(rate);
        }
      throughput.push({ clients, holdfast: median(rates[0]), docker: median(rates[1]) });
    }
  } finally {
    peakBytes = await ours.close();
    await docker.close();
  }
  return { blobBytes, rounds, throughput, peakBytes };
}

/** The figures against what is asked: no less than docker-registry. */
export function registryChecks({ throughput, peakBytes }: RegistryFigures): readonly Check[] {
  return [
    ...throughput.map(({ clients, holdfast, docker }) => ({
      asked: `pull throughput against docker-registry with ${clients} ${clients === 1 ? 'client' : 'clients'}: at least 1`,
      shown: (holdfast / docker).toFixed(2),
      passed: holdfast >= docker,
    })),
    memoryCheck('the registry', peakBytes),
  ];
}

async function rateOf(target: string, clients: number): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const child = spawn('curl', ['--silent', '--fail', '--output', '/dev/null', target], {
        stdio: 'ignore',
      });
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`curl ended with ${code}`);
    }),
  );
  return (clients * blobBytes) / ((performance.now() - startedAt) / 1_000);
}

async function startHoldfast() {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'registry-worker.ts')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const [line] = await once(child.stdout, 'data');
  return {
    url: String(line).trim(),
    async close() {
      const said = once(child.stdout, 'data');
      const ended = once(child, 'exit');
      child.stdin.end();
      const [peak] = await said;
      await ended;
      return Number(String(peak).trim());
    },
  };
}
