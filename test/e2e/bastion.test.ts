import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BastionState } from '../../src/cluster/steps/index.ts';
import type { HostQuestion } from '../interop/lb/host-child.ts';
import { namespaceNetwork } from '../support/namespaces.ts';

const root = join(import.meta.dirname, '../..');
const plan = join(root, 'examples/ocp-4.5.9/plan.yaml');
const zone = 'openshift4.example.com';
const addresses = {
  bastion: '10.225.45.250',
  bootstrap: '10.225.45.223',
  master1: '10.225.45.251',
  master2: '10.225.45.252',
  master3: '10.225.45.222',
  stranger: '10.225.45.77',
} as const;

test('the bastion of the reference serves its nodes: names, files and ports, from one process', {
  timeout: 120_000,
}, async (t) => {
  await using network = await namespaceNetwork(t, addresses, { nameserver: addresses.bastion });
  if (!network) return;
  const { hosts } = network;
  const data = mkdtempSync(join(tmpdir(), 'holdfast-e2e-bastion-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const images = join(data, 'clusters', zone, 'images');
  mkdirSync(images, { recursive: true, mode: 0o700 });
  const image = randomBytes(3_000_000);
  writeFileSync(join(images, 'rhcos.raw.gz'), image);

  const up = hosts.bastion.spawn(join(root, 'bin/holdfast'), ['cluster', 'up', plan, '--json'], {
    env: {
      ...process.env,
      HOLDFAST_DATA: data,
      HOLDFAST_LISTEN: '127.0.0.1:0',
      HOLDFAST_REPLAY_LISTEN: '127.0.0.1:0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let faults = '';
  up.stdout!.on('data', (piece) => (said += piece));
  up.stderr!.on('data', (piece) => (faults += piece));
  const lines = () =>
    said
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const heard = async (is: (line: Record<string, unknown>) => boolean) => {
    for (;;) {
      const found = lines().find(is);
      if (found) return found;
      if (up.exitCode !== null) throw new Error(`it ended:\n${faults}`);
      await sleep(30);
    }
  };
  const ready = (await heard((line) => line.event === 'ready')) as unknown as Pick<
    BastionState,
    'listening' | 'missing'
  >;
  assert.deepEqual(
    Object.fromEntries(
      Object.entries(ready.listening).map(([name, list]) => [name, list!.map(({ port }) => port)]),
    ),
    { dns: [53], balancer: [6443, 22623, 80, 443], files: [8080], stats: [9000] },
  );
  assert.deepEqual(
    ready.missing.map(({ path }) => path),
    ['bootstrap', 'master', 'worker'].map((role) => `ignition/${role}.ign`),
  );

  /** Runs a program on a host without stopping this process, which the bastion's answers are read by. */
  const on = async (host: keyof typeof addresses, program: string, ...args: string[]) =>
    new Promise<string>((done, failed) => {
      const child = hosts[host].spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const parts: Buffer[] = [];
      child.stdout!.on('data', (part) => parts.push(part));
      child.once('error', failed);
      child.once('close', () => done(Buffer.concat(parts).toString('latin1')));
    });
  const names = await on(
    'master1',
    'dig',
    '+short',
    ...[`api-int.${zone}`, `x.apps.${zone}`, `etcd-1.${zone}`, `worker1.${zone}`, '-x', addresses.master3],
  );
  assert.deepEqual(names.trim().split('\n'), [
    addresses.bastion,
    addresses.bastion,
    addresses.master2,
    addresses.bootstrap,
    `master3.${zone}.`,
  ]);

  const files = `http://${addresses.bastion}:8080`;
  const fetched = Buffer.from(await on('master1', 'curl', '-sS', `${files}/rhcos.raw.gz`), 'latin1');
  const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  assert.equal(sha(fetched), sha(image));
  const head = `${files.slice('http://'.length)}/i`;
  assert.match(
    await on('bootstrap', 'curl', '-sS', '-i', head),
    /^HTTP\/1\.1 410 .*holdfast cluster ignition|^HTTP\/1\.1 410 [\s\S]*gnition/,
  );
  const [line] = (await on('bootstrap', 'curl', '-sS', `${files}/boot/bootstrap.txt`)).split('\n');
  assert.match(line!, /^ip=10\.225\.45\.223::10\.225\.45\.254:255\.255\.255\.0:bootstrap\./);

  assert.match(
    await on(
      'stranger',
      'curl',
      '-sS',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      `${files}/ignition/master.ign`,
    ),
    /^4\d\d$/,
  );
  const told = await heard(
    ({ service, kind, fetch }) =>
      service === 'files' &&
      kind === 'ended' &&
      (fetch as { address: string }).address === addresses.stranger,
  );
  assert.equal((told.fetch as { verdict: string }).verdict, 'unknown-address');

  const programOn = (host: keyof typeof addresses) => {
    const child = hosts[host].spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(root, 'test/interop/lb/host-child.ts')],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    return async (question: HostQuestion) => {
      child.send(question);
      const [{ value }] = (await once(child, 'message')) as [{ value?: unknown }];
      return value;
    };
  };
  const master1 = programOn('master1');
  await master1({ do: 'stub', name: 'master1', host: addresses.master1, ports: [22623] });
  await master1({ do: 'mode', port: 22623, mode: 'ok' });
  await heard(
    ({ service, kind, backend, health }) =>
      service === 'balancer' && kind === 'health' && backend === 'master1' && health === 'up',
  );
  const bootstrap = programOn('bootstrap');
  const reached = await bootstrap({ do: 'reach', host: addresses.bastion, port: 22623, times: 2 });
  assert.match(JSON.stringify(reached), /master1/);

  process.kill(up.pid!, 'SIGTERM');
  const [code] = await once(up, 'exit');
  assert.equal(code, 0, faults);
});
