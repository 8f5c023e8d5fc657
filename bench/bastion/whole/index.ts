import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { table } from '../../lib/evidence-file.ts';
import { treePssBytes, watchMemory } from '../../lib/process-tree.ts';
import type { PartOptions, PartResult } from '../part.ts';

const root = join(import.meta.dirname, '../../..');
const zone = 'openshift4.example.com';
/** The reference with its network on loopback, so that one machine is all of its hosts. */
const network = '127.46.0';
const bastion = `${network}.250`;
const imageBytes = 256 * 1024 * 1024;
const atOnce = { sessions: 100, downloads: 4, queriesPerSecond: 2_000 };

/** Measures the memory of `holdfast cluster up` at rest, and with DNS, balancer and files under load at the same time. */
export async function benchWhole({ rounds, seconds, onStep }: PartOptions): Promise<PartResult> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-bastion-'));
  const backend = createServer((_, response) => response.end('x'.repeat(16_384)));
  const running = new Set<ChildProcess>();
  try {
    await new Promise<void>((ready) => backend.listen(22_623, `${network}.251`, ready));
    const { plan, questions } = prepare(folder);
    const up = spawn(join(root, 'bin/holdfast'), ['cluster', 'up', plan, '--json'], {
      env: {
        ...process.env,
        HOLDFAST_DATA: join(folder, 'data'),
        HOLDFAST_LISTEN: '127.0.0.1:0',
        HOLDFAST_REPLAY_LISTEN: '127.0.0.1:0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(up);
    await saysReady(up);
    // A check finds the backend, and what starting took is freed.
    await sleep(6_000);
    const restBytes = treePssBytes(up.pid!);
    const memory = watchMemory(up.pid!);
    for (let round = 1; round <= rounds; round++) {
      onStep(`round ${round} of ${rounds}: all services at once for ${seconds} s`);
      await Promise.all(
        loads(questions, seconds).map(async ([program, ...args]) => {
          const child = spawn(program!, args, { stdio: 'ignore' });
          running.add(child);
          await once(child, 'exit');
        }),
      );
    }
    const peakBytes = memory.stop();
    const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
    return {
      figures: { restBytes, peakBytes },
      report: [
        `\`holdfast cluster up\` of the reference plan, one process: ${atOnce.queriesPerSecond} DNS queries a second, ${atOnce.sessions} sessions through the balancer and ${atOnce.downloads} downloads of ${mib(imageBytes)} MiB at the same time, ${rounds} times ${seconds} s.`,
        table(
          ['whole process', 'MiB'],
          [
            ['at rest', mib(restBytes)],
            ['peak under load', mib(peakBytes)],
          ],
        ),
      ].join('\n\n'),
      checks: [],
    };
  } finally {
    for (const child of running) child.kill();
    await Promise.all(
      [...running].map((child) =>
        child.exitCode === null && child.signalCode === null ? once(child, 'exit') : 0,
      ),
    );
    backend.closeAllConnections();
    backend.close();
    rmSync(folder, { recursive: true });
  }
}

function prepare(folder: string): { plan: string; questions: string } {
  const example = join(root, 'examples/ocp-4.5.9');
  cpSync(example, folder, { recursive: true });
  const plan = join(folder, 'plan.yaml');
  const text = readFileSync(plan, 'utf8').replaceAll('10.225.45.', `${network}.`);
  writeFileSync(plan, text.replace('114.114.114.114', `${network}.53`));
  const images = join(folder, 'data/clusters', zone, 'images');
  mkdirSync(images, { recursive: true, mode: 0o700 });
  writeFileSync(join(images, 'rhcos.raw.gz'), Buffer.alloc(imageBytes, 'image'));
  const questions = join(folder, 'questions');
  const names = ['api', 'api-int', 'a.apps', 'master1', 'etcd-0', 'nobody'].map(
    (name) => `${name}.${zone} A`,
  );
  writeFileSync(questions, `${names.join('\n')}\n_etcd-server-ssl._tcp.${zone} SRV\n`);
  return { plan, questions };
}

function loads(questions: string, seconds: number): readonly (readonly string[])[] {
  const image = `http://${bastion}:8080/rhcos.raw.gz`;
  const for_ = String(seconds);
  return [
    ['dnsperf', '-s', bastion, '-d', questions, '-l', for_, '-Q', String(atOnce.queriesPerSecond)],
    ['wrk', '-t', '1', '-c', String(atOnce.sessions), '-d', `${for_}s`, `http://${bastion}:22623/`],
    ...Array.from({ length: atOnce.downloads }, () => ['curl', '-s', '-m', for_, '-o', '/dev/null', image]),
  ];
}

async function saysReady(up: ChildProcess): Promise<void> {
  for await (const piece of up.stdout!) if (String(piece).includes('"ready"')) break;
  up.stdout!.resume();
}
