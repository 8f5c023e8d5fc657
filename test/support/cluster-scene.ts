import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Plan, parsePlan } from '../../src/cluster/plan/index.ts';
import {
  type BastionControl,
  type BastionState,
  keepPlan,
  openWorkFolder,
  type StepId,
  serveControl,
  stepIds,
  told,
} from '../../src/cluster/steps/index.ts';
import { type Journal, newJournal, writeJournal } from '../../src/cluster/steps/install/journal.ts';
import { digestOf } from '../../src/kernel/index.ts';

const minute = 60_000;
const hour = 60 * minute;
const example = join(import.meta.dirname, '../../examples/ocp-4.5.9/plan.yaml');

/** The zone of the cluster in the play. */
export const sceneZone = 'openshift4.example.com';

/** The plan of the cluster in the play: the reference scenario. */
export const scenePlan: Plan = parsePlan(readFileSync(example, 'utf8'), example).plan!;

/** How far the installation in the play is. */
export type Scene = 'notStarted' | 'masters' | 'finished';

export interface SceneOptions {
  readonly nowMs: number;
  /** How long the certificates still hold; default 17 h 40 min. */
  readonly leftMs?: number;
}

/** Writes the work folder of the reference cluster into a data folder, as an installation would have left it. */
export async function writeScene(
  dataFolder: string,
  scene: Scene,
  { nowMs, leftMs = 17 * hour + 40 * minute }: SceneOptions,
): Promise<string> {
  const work = await openWorkFolder(join(dataFolder, 'clusters', sceneZone));
  await keepPlan(work, { text: readFileSync(example, 'utf8') });
  if (scene === 'notStarted') return work.path;
  const id = '01k9znf3w2';
  const place = join(work.generations, id);
  mkdirSync(place);
  const createdAt = nowMs + leftMs - 24 * hour;
  const expiresAt = nowMs + leftMs;
  const generation = { id, kind: 'cluster', createdAt, expiresAt, inputs: digestOf(''), files: [] };
  writeFileSync(join(place, 'generation.json'), JSON.stringify(generation));
  writeFileSync(work.current, `${id}\n`);
  await writeJournal(work.journal, sceneJournal(scene, nowMs, id, work.path));
  return work.path;
}

/** Answers at the work folder's socket as a bastion of the play does; gives what ends that. */
export function playBastion(work: string, state: () => BastionState): Promise<() => Promise<void>> {
  const nothing = async () => undefined;
  const control: Pick<BastionControl, 'state' | 'drain' | 'enable' | 'refresh'> = {
    state: async () => state(),
    drain: nothing,
    enable: nothing,
    refresh: nothing,
  };
  return serveControl(control as BastionControl, work);
}

/** The journal of the installation in the play. */
export function sceneJournal(
  scene: Exclude<Scene, 'notStarted'>,
  nowMs: number,
  generation: string,
  work: string,
): Journal {
  return scene === 'masters' ? atMasters(nowMs, generation) : atTheEnd(nowMs, generation, work);
}

function journalWith(nowMs: number, generation: string, done: number): Journal {
  const journal = newJournal(sceneZone, digestOf('plan'), nowMs - 52 * minute);
  journal.generation = generation;
  for (const [at, step] of stepIds.slice(0, done).entries()) {
    const doneAt = nowMs - (done - at) * 4 * minute;
    Object.assign(journal.steps[step], { state: 'done', since: doneAt - 3 * minute, doneAt });
    journal.steps[step].evidence = evidence[step] ?? [];
  }
  return journal;
}

const evidence: Partial<Record<StepId, Journal['steps'][StepId]['evidence']>> = {
  mirror: [told('releaseMirrored', { release: '4.5.9', images: 109 })],
  serve: [told('servicesUp', { services: 'dns, balancer, files' })],
  preflight: [told('preflightPassed', { checks: 48 })],
  bootstrap: [told('fetched', { node: 'bootstrap', file: 'bootstrap.ign', at: '2026-11-25T10:02:11.000Z' })],
};

function atMasters(nowMs: number, generation: string): Journal {
  const journal = journalWith(nowMs, generation, 5);
  Object.assign(journal.steps.masters, {
    state: 'active',
    since: nowMs - 12 * minute,
    waitsFor: [
      told('mastersAwaited', { nodes: 'master2, master3' }),
      told('strangeFetch', { address: '10.225.45.77', path: 'ignition/master.ign', node: '?' }),
    ],
    next: told('bootNext', { node: 'master2, master3', address: '10.225.45.252', file: 'master.ign' }),
  });
  journal.nodes = {
    bootstrap: { state: 'serving', since: nowMs - 12 * minute },
    master1: { state: 'joining', since: nowMs - 2 * minute },
    master2: { state: 'awaited', since: nowMs - 50 * minute },
    master3: { state: 'awaited', since: nowMs - 50 * minute },
    worker1: { state: 'awaited', since: nowMs - 50 * minute },
  };
  return journal;
}

function atTheEnd(nowMs: number, generation: string, work: string): Journal {
  const journal = journalWith(nowMs, generation, 12);
  const ready = { state: 'ready' as const, since: nowMs - 9 * minute };
  journal.finishedAt = nowMs - 4 * minute;
  journal.nodes = {
    bootstrap: { state: 'left', since: nowMs - 20 * minute },
    ...Object.fromEntries(['master1', 'master2', 'master3', 'worker1'].map((name) => [name, ready])),
  };
  journal.operators = { available: 31, total: 31 };
  journal.console = `https://console-openshift-console.apps.${sceneZone}`;
  journal.kubeconfig = join(work, 'generations', generation, 'install/auth/kubeconfig');
  journal.approved = ['master1', 'worker1'].map((name, at) => ({
    at: nowMs - (14 - at) * minute,
    request: `csr-${name}`,
    host: `${name}.${sceneZone}`,
    usage: 'serving',
  }));
  journal.left = [
    {
      at: nowMs - 11 * minute,
      request: 'csr-7xk2p',
      reason: 'notPlanned',
      detail: 'system:node:intruder.example.net',
    },
  ];
  return journal;
}

const masters = { master1: 251, master2: 252, master3: 222 } as const;
const address = (last: number) => `10.225.45.${last}`;

/** What the bastion of the play tells while masters boot: one image under way, a stranger, a name that is an attack. */
export function bastionAtMasters(nowMs: number): BastionState {
  const answered = {
    transport: 'udp',
    durationMs: 0.1,
    source: 'zone',
    rcode: 'NOERROR',
    type: 'A',
  } as const;
  const question = (agoMs: number, client: string, name: string, more: object = {}) => ({
    ...answered,
    atMs: nowMs - agoMs,
    client,
    name,
    ...more,
  });
  const ready = (node: string, role: string, last: number, path: string) => ({
    node,
    role,
    address: address(last),
    path,
    sizeBytes: 1_016_000_000,
    sentBytes: 1_016_000_000,
    state: 'done' as const,
    at: nowMs - 14 * minute,
  });
  const awaited = (node: string, role: string, last: number, path: string) => ({
    node,
    role,
    address: address(last),
    path,
    sentBytes: 0,
    state: 'waiting' as const,
  });
  const image = '/rhcos.raw.gz';
  return {
    cluster: sceneZone,
    startedAt: nowMs - 55 * minute,
    bootstrapLeft: false,
    listening: {
      dns: [{ host: address(250), port: 53 }],
      balancer: [6443, 22623, 80, 443].map((port) => ({ host: address(250), port })),
      files: [{ host: address(250), port: 8080 }],
      stats: [{ host: '127.0.0.1', port: 9000 }],
    },
    balancer: balancerAt(nowMs),
    files: {
      nodes: [
        ready('bootstrap', 'bootstrap', 223, image),
        ready('bootstrap', 'bootstrap', 223, '/ignition/bootstrap.ign'),
        ready('master1', 'master', 251, image),
        ready('master1', 'master', 251, '/ignition/master.ign'),
        {
          ...ready('master2', 'master', 252, image),
          state: 'fetching',
          sentBytes: 436_880_000,
          at: nowMs - 1_000,
        },
        awaited('master2', 'master', 252, '/ignition/master.ign'),
        awaited('master3', 'master', 222, image),
        awaited('master3', 'master', 222, '/ignition/master.ign'),
        awaited('worker1', 'worker', 223, image),
        awaited('worker1', 'worker', 223, '/ignition/worker.ign'),
      ],
      strangers: [
        {
          address: address(77),
          path: '/ignition/master.ign',
          verdict: 'unknown-address',
          times: 3,
          at: nowMs - 40_000,
        },
      ],
      fetches: [],
    },
    queries: [
      question(3_000, address(251), `api-int.${sceneZone}`),
      question(9_000, address(77), 'x\u202e"><img src=x onerror=alert(1)>.example', {
        rcode: 'REFUSED',
        source: 'none',
      }),
      question(20_000, address(251), `_etcd-server-ssl._tcp.${sceneZone}`, { type: 'SRV' }),
      question(31_000, address(252), `bastion.${sceneZone}`),
      question(64_000, address(223), `registry.${sceneZone}`),
    ],
    missing: [],
  };
}

function balancerAt(nowMs: number): NonNullable<BastionState['balancer']> {
  const verdict = (passed: boolean) => ({
    passed,
    reason: passed ? ('passed' as const) : ('refused' as const),
    detail: passed ? '200' : 'ECONNREFUSED',
    at: nowMs - 1_000,
    tookMs: 2,
    by: 'check' as const,
  });
  const backend = (name: string, last: number, port: number, up: boolean) => ({
    name,
    address: address(last),
    port,
    temporary: name === 'bootstrap',
    health: up ? ('up' as const) : ('down' as const),
    since: up ? nowMs - 12 * minute : nowMs - 55 * minute + 4_000,
    streak: 0,
    lastVerdict: verdict(up),
    drained: false,
    weight: 100,
    share: 1,
    sessions: up ? 4 : 0,
    sessionsTotal: 9,
    connectErrors: 0,
    bytesFromClients: 0,
    bytesToClients: 0,
  });
  const limits = {
    sessions: 1,
    sessionsPerBackend: 1,
    queue: 1,
    queueTimeoutMs: 1,
    connectTimeoutMs: 1,
    retries: 1,
    idleMs: 1,
    halfClosedIdleMs: 1,
  };
  const frontend = (name: string, port: number, up: readonly string[], withBootstrap: boolean) => ({
    name,
    listen: { host: address(250), port },
    balance: 'roundrobin' as const,
    check: { kind: 'tcp' as const },
    available: up.length > 0,
    connections: up.length * 4,
    waiting: 0,
    limits,
    refused: { limit: 0, noBackend: 0, queueFull: 0, queueTimeout: 0, connectFailed: 0 },
    backends: [
      ...(withBootstrap ? [backend('bootstrap', 223, port, up.includes('bootstrap'))] : []),
      ...Object.entries(masters).map(([name, last]) => backend(name, last, port, up.includes(name))),
    ],
  });
  return {
    startedAt: nowMs - 55 * minute,
    frontends: [
      frontend('openshift-api-server', 6443, ['bootstrap'], true),
      frontend('machine-config-server', 22623, ['bootstrap'], true),
      frontend('ingress-http', 80, [], false),
      frontend('ingress-https', 443, [], false),
    ],
    events: [],
  };
}
