import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../../kernel/index.ts';
import { type Balancer, createBalancer } from '../../../../services/lb/index.ts';
import { balancerOf, type Plan } from '../../../plan/index.ts';
import { balancerOptionsOf } from '../../bastion/balancer-options.ts';
import type { BastionControl } from '../../bastion/index.ts';
import { createProber } from '../../bastion/probe.ts';
import { startNodeStub } from '../../stub/node-stub.ts';
import { brief, quietPlan, sceneOf, verdictsOf } from '../testing/scene.ts';
import { balancerChecks } from './checks.ts';

type Placed = { host: string; port: number };
const closing: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const close of closing.reverse()) await close();
});

/** The reference with two masters that take everything, on loopback addresses of this test alone. */
function planOn(third: number, balancer: 'holdfast' | 'external' = 'holdfast'): Plan {
  const on = (last: number) => `127.46.${third}.${last}`;
  const masters = quietPlan.nodes.filter(({ name }) => name === 'master1' || name === 'master2');
  return {
    ...quietPlan,
    bastion: { ...quietPlan.bastion, address: on(250), serves: { ...quietPlan.bastion.serves, balancer } },
    balancer: { apiAddress: on(250), ingressAddress: on(250), ingressNodes: masters.map(({ name }) => name) },
    nodes: masters.map((node, at) => ({ ...node, address: on(at + 1) })),
  };
}

/** A balancer of the plan on free ports, whose backends stand where `nodeAt` says; and where its frontends are. */
async function balancing(plan: Plan, nodeAt: (wanted: Placed) => Placed = (wanted) => wanted) {
  const planned = balancerOptionsOf(plan, false).frontends.map((frontend) => ({
    ...frontend,
    check: {
      ...frontend.check,
      intervalMs: 50,
      downIntervalMs: 20,
      fastIntervalMs: 20,
      rise: 1,
      timeoutMs: 30_000,
    },
    slowStartMs: 0,
    backends: frontend.backends.map((backend) => {
      const { host, port } = nodeAt({ host: backend.address, port: backend.port });
      return { ...backend, address: host, port };
    }),
  }));
  const balancer = createBalancer({
    frontends: planned.map((one) => ({ ...one, listen: { host: '127.0.0.1', port: 0 } })),
  });
  const ports = new Map((await balancer.listen()).map(({ frontend, port }) => [frontend, port]));
  closing.push(() => balancer.close());
  const place = (wanted: Placed): Placed => {
    const frontend = planned.find(({ listen }) => listen.port === wanted.port);
    // Names are asked of nobody here, so that the plan's addresses are gone by.
    return frontend ? { host: '127.0.0.1', port: ports.get(frontend.name)! } : { host: '127.0.0.1', port: 1 };
  };
  return { balancer, planned, place };
}

const judge = async (scene: Parameters<typeof balancerChecks>[0]) =>
  [...(await verdictsOf(balancerChecks(scene)))].map(
    ([id, verdict]) => `${id.slice('balancer.'.length)} ${brief(verdict)}`,
  );
const all = (what: string) =>
  ['6443.api', '6443.api-int', '22623.api-int', '80.apps', '443.apps'].map((id) => `${id} ${what}`);
const controlOf = (prober: ReturnType<typeof createProber>) =>
  ({ probe: prober.begin, endProbe: prober.end }) as Partial<BastionControl> as BastionControl;
const backendsOf = (balancer: Balancer) =>
  balancer
    .state()
    .frontends.flatMap(({ backends }) => backends.map(({ name, drained }) => `${name} ${drained}`));
const untilHealth = async (balancer: Balancer, health: 'up' | 'down') => {
  while (balancer.state().frontends.some(({ backends }) => backends.some((one) => one.health !== health)))
    await sleep(10);
};

test('every port is read through the balancer by a token, and everything is as before when it is over', {
  timeout: 120_000,
}, async () => {
  const plan = planOn(1);
  const { balancer, planned, place } = await balancing(plan);
  await balancer.drain('master2', { deadlineMs: 0 });
  const before = backendsOf(balancer);
  const prober = createProber(balancer, planned, systemClock);
  const ends: (() => Promise<void>)[] = [];
  const scene = sceneOf({ plan, place, control: controlOf(prober), after: (end) => void ends.push(end) });
  assert.deepEqual(await judge(scene), all('passed preflight.tokenRead'));
  await assert.rejects(prober.begin(), { code: 'cluster.probeRuns' });
  for (const end of ends) await end();
  assert.deepEqual(backendsOf(balancer), before);
  assert.deepEqual(
    balancer.state().frontends.map(({ available }) => available),
    [false, false, false, false],
  );
});

test('nothing is put beside a node that is up, and a stub goes when one comes up', {
  timeout: 120_000,
}, async () => {
  const plan = planOn(2);
  const { balancer, planned, place } = await balancing(plan, high);
  const prober = createProber(balancer, planned, systemClock);
  await prober.begin();
  assert.equal(backendsOf(balancer).filter((name) => name.startsWith('holdfast')).length, 4);
  const stubs = await Promise.all(
    ['master1', 'master2'].map((node) => startNodeStub({ plan, node, place: high })),
  );
  closing.push(...stubs.map((stub) => stub.stop));
  while (backendsOf(balancer).some((name) => name.startsWith('holdfast'))) await sleep(10);
  await prober.end();
  const scene = sceneOf({ plan, place, control: controlOf(prober) });
  assert.deepEqual(await judge(scene), all('skipped preflight.balancerInUse'));
  assert.ok(backendsOf(balancer).every((name) => name.startsWith('master')));
});

/** Ports that a test may have, one for each of the plan's. */
const high = ({ host, port }: Placed): Placed => ({ host, port: port < 1024 ? 40_000 + port : port });

test('through the balancer of others stubs on the nodes prove the way, and what is not proven is said', {
  timeout: 120_000,
}, async () => {
  const plan = planOn(3, 'external');
  const { balancer, place } = await balancing(plan, high);
  await untilHealth(balancer, 'down');
  const scene = sceneOf({ plan, place });
  assert.deepEqual(await judge(scene), all('warning preflight.onlyOpen'));
  const first = await startNodeStub({ plan, node: 'master1', place: high });
  closing.push(first.stop);
  while (!balancer.state().frontends.every(({ available }) => available)) await sleep(10);
  const some = await verdictsOf(balancerChecks(scene));
  assert.deepEqual([...some.values()].map(brief), Array(5).fill('warning preflight.someStubsRead'));
  assert.equal(some.get('balancer.80.apps')!.finding.details.missing, 'master2');
  const second = await startNodeStub({ plan, node: 'master2', place: high });
  closing.push(second.stop);
  await untilHealth(balancer, 'up');
  assert.deepEqual(await judge(scene), all('passed preflight.stubsRead'));
  await assert.rejects(startNodeStub({ plan, node: 'nobody' }), { code: 'cluster.stubNode' });
  await assert.rejects(startNodeStub({ plan, node: 'master2', place: high }), { code: 'cluster.stubListen' });
});

test('a port that is shut, leads to another port or to a stranger is red or told, with the mend', {
  timeout: 120_000,
}, async () => {
  const plan = planOn(4, 'external');
  const shut = sceneOf({ plan, place: () => ({ host: '127.0.0.1', port: 1 }) });
  assert.deepEqual(await judge(shut), all('failed preflight.portShut'));
  const stub = await startNodeStub({ plan, node: 'master1', place: ({ host }) => ({ host, port: 0 }) });
  closing.push(stub.stop);
  const machineConfig = stub.listening[balancerOf(plan).frontends.findIndex(({ port }) => port === 22_623)]!;
  const crossed = await verdictsOf(balancerChecks(sceneOf({ plan, place: () => machineConfig })));
  assert.equal(brief(crossed.get('balancer.6443.api')), 'failed preflight.wrongStub');
  assert.match(crossed.get('balancer.6443.api')!.finding.message, /6443 leads to port 22623 of master1/);

  const endless = await listening((server) =>
    server.on('connection', (socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const more = setInterval(() => socket.write('x'.repeat(4096)), 1);
      socket.once('close', () => clearInterval(more));
    }),
  );
  const stranger = await verdictsOf(balancerChecks(sceneOf({ plan, place: () => endless })));
  assert.equal(brief(stranger.get('balancer.80.apps')), 'warning preflight.notOurStub');
  assert.equal(brief(stranger.get('balancer.443.apps')), 'warning preflight.onlyOpen');
});

async function listening(dress: (server: Server) => void): Promise<Placed> {
  const server = createServer();
  dress(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(async () => server.close());
  return { host: '127.0.0.1', port: (server.address() as { port: number }).port };
}
