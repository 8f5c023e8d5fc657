import assert from 'node:assert/strict';
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MemoryBlobStore } from '../../../store/index.ts';
import { lbTexts } from '../../../texts/index.ts';
import { type Plan, parsePlan } from '../../plan/index.ts';
import { stepsErrors } from '../errors.ts';
import type { ServedIgnition } from '../ignition/index.ts';
import { bastionServices } from '../install/index.ts';
import {
  type BastionControl,
  type BastionOptions,
  connectBastion,
  type RunningBastion,
  serveControl,
  startBastion,
} from './index.ts';

const example = join(import.meta.dirname, '../../../../examples/ocp-4.5.9/plan.yaml');
const referencePlan = parsePlan(readFileSync(example, 'utf8'), example).plan!;

/** The reference with its machines on loopback, so that one process can be all of them. */
const on = (last: number) => `127.45.9.${last}`;
const plan: Plan = {
  ...referencePlan,
  networks: { ...referencePlan.networks, machine: '127.45.9.0/24', gateway: on(254) },
  bastion: { ...referencePlan.bastion, address: on(250) },
  balancer: { ...referencePlan.balancer, apiAddress: on(250), ingressAddress: on(250) },
  nodes: referencePlan.nodes.map((node) => ({ ...node, address: on(Number(node.address.split('.')[3])) })),
  dns: { ...referencePlan.dns, upstream: [] },
};

describe('a bastion', { timeout: 60_000 }, () => {
  let folder: string;
  let clockMs = Date.parse('2026-01-01T00:00:00Z');
  const expiresAt = clockMs + 24 * 3_600_000;
  let bastion: RunningBastion;
  let made: readonly ServedIgnition[] | undefined;
  const ends: (() => Promise<unknown>)[] = [];

  const start = (changes: Partial<BastionOptions> = {}) =>
    startBastion({
      plan,
      work: folder,
      ignition: {
        async served() {
          if (!made) throw stepsErrors.noIgnition();
          return made;
        },
      },
      services: new Set(['dns', 'balancer', 'files'] as const),
      imagesFolder: folder,
      words: {
        stats: () => lbTexts('en'),
        error: (error) => error.message,
        expired: (at) => `ended at ${new Date(at).toISOString()}`,
      },
      clock: { now: () => clockMs },
      place: ({ host, port }) => ({ host, port: [6443, 22623].includes(port) ? port : 0 }),
      ...changes,
    });
  const listening = async (service: 'dns') => (await bastion.state()).listening[service]![0]!;
  const fetched = async (path: string, from: string, of = bastion) => {
    const { host, port } = (await of.state()).listening.files![0]!;
    return new Promise<{ status: number; body: string }>((done, failed) => {
      get({ host, port, path, localAddress: from, agent: false }, (response) => {
        text(response).then((body) => done({ status: response.statusCode ?? 0, body }), failed);
      }).on('error', failed);
    });
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-bastion-'));
    bastion = await start();
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
    await bastion.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('answers the names of the plan, forward and backward', async () => {
    const { host, port } = await listening('dns');
    const resolver = new Resolver({ timeout: 2_000 });
    resolver.setServers([`${host}:${port}`]);
    assert.deepEqual(await resolver.resolve4('api-int.openshift4.example.com'), [on(250)]);
    assert.deepEqual(await resolver.resolve4('console.apps.openshift4.example.com'), [on(250)]);
    assert.deepEqual(await resolver.resolve4('etcd-2.openshift4.example.com'), [on(222)]);
    const srv = await resolver.resolveSrv('_etcd-server-ssl._tcp.openshift4.example.com');
    assert.deepEqual(srv.map(({ name, port: at }) => `${name}:${at}`).toSorted(), [
      'etcd-0.openshift4.example.com:2380',
      'etcd-1.openshift4.example.com:2380',
      'etcd-2.openshift4.example.com:2380',
    ]);
    assert.deepEqual(await resolver.resolvePtr(`252.9.45.127.in-addr.arpa`), [
      'master2.openshift4.example.com',
    ]);
    await assert.rejects(resolver.resolve4('redhat.com'), { code: 'EREFUSED' });
  });

  test('says which files are missing, and serves them as soon as they are there', async () => {
    const { missing } = await bastion.state();
    assert.deepEqual(
      missing.map(({ path }) => path),
      ['rhcos.raw.gz', 'ignition/bootstrap.ign', 'ignition/master.ign', 'ignition/worker.ign'],
    );
    assert.equal((await fetched('/rhcos.raw.gz', on(251))).status, 404);
    const refused = await fetched('/ignition/master.ign', on(251));
    assert.equal(refused.status, 410);
    assert.match(refused.body, new RegExp(stepsErrors.noIgnition().message.slice(0, 20)));

    await writeFile(join(folder, 'rhcos.raw.gz'), 'image');
    await writeFile(join(folder, 'master.ign'), '{"ignition":{}}');
    made = [
      {
        name: 'master.ign',
        path: join(folder, 'master.ign'),
        sizeBytes: 15,
        sha512: '',
        expiresAt,
        freshness: 'fresh',
      },
    ];
    await bastion.refresh();
    assert.equal((await fetched('/rhcos.raw.gz', on(251))).body, 'image');
    assert.equal((await fetched('/ignition/master.ign', on(251))).body, '{"ignition":{}}');
    assert.equal((await fetched('/i', on(252))).body, '{"ignition":{}}');
    assert.deepEqual(
      (await bastion.state()).missing.map(({ path }) => path),
      ['ignition/bootstrap.ign', 'ignition/worker.ign'],
    );
  });

  test('gives an ignition file to the machines of its role alone, tells who else asked, and not after its end', async () => {
    assert.equal((await fetched('/ignition/master.ign', on(223))).status, 403);
    assert.equal((await fetched('/ignition/master.ign', on(7))).status, 403);
    const { strangers } = (await bastion.state()).files!;
    assert.deepEqual(strangers.map(({ address, verdict }) => [address, verdict]).toSorted(), [
      [on(223), 'wrong-role'],
      [on(7), 'unknown-address'],
    ]);
    // What is looked for by hand every few seconds takes nothing away of what was seen.
    await bastion.refresh();
    const { nodes, strangers: later } = (await bastion.state()).files!;
    assert.deepEqual(later, strangers);
    assert.equal(nodes.find(({ node, path }) => node === 'master1' && path.endsWith('.ign'))?.state, 'done');
    clockMs = expiresAt;
    const ended = await fetched('/ignition/master.ign', on(251));
    assert.deepEqual([ended.status, /ended at 2026-01-02/.test(ended.body)], [410, true]);
  });

  test('can be asked by other processes of its user, one bastion for a folder', async () => {
    ends.push(await serveControl(bastion, folder));
    assert.equal((await stat(join(folder, 'bastion.sock'))).mode & 0o777, 0o600);
    const control: BastionControl = await connectBastion(folder);
    assert.equal((await control.state()).cluster, 'openshift4.example.com');
    await assert.rejects(serveControl(bastion, folder), { code: 'cluster.bastionRuns' });
    await assert.rejects(serveControl(bastion, join(folder, 'x'.repeat(90))), {
      code: 'cluster.badWorkFolder',
    });
    await assert.rejects(control.drain('nobody'), { code: 'cluster.bastionRefused' });
    await assert.rejects(connectBastion(join(folder, 'elsewhere')), { code: 'cluster.bastionAway' });
  });

  test('is what an installation looks at: services, fetches, and bootstrap that leaves', async () => {
    const services = bastionServices(plan, folder);
    assert.equal((await services.look()).done, true);
    const fetches = (await services.fileFetches())!;
    assert.ok(
      fetches.some(
        ({ address, path, asPlanned }) => asPlanned && address === on(251) && path === 'ignition/master.ign',
      ),
    );
    assert.ok(fetches.some(({ address, asPlanned }) => !asPlanned && address === on(7)));
    assert.equal((await services.drain('bootstrap')).done, true);
    await bastion.enable('bootstrap');
    while ((await bastion.state()).bootstrapLeft) await sleep(10);
    assert.equal((await bastionServices(plan, join(folder, 'elsewhere')).look()).done, false);
  });

  test('takes bootstrap out when told, from both ports, and knows it again after a restart', async () => {
    const drainedOf = async () =>
      (await bastion.state()).balancer!.frontends.map(({ name, backends }) => [
        name,
        backends.filter(({ drained }) => drained).map((backend) => backend.name),
      ]);
    const control = await connectBastion(folder);
    await control.drain('bootstrap', 1_000);
    const left = [
      ['openshift-api-server', ['bootstrap']],
      ['machine-config-server', ['bootstrap']],
      ['ingress-http', []],
      ['ingress-https', []],
    ];
    assert.deepEqual(await drainedOf(), left);
    while (!(await bastion.state()).bootstrapLeft) await sleep(10);
    for (const end of ends.splice(0).reverse()) await end();
    await bastion.stop();
    bastion = await start();
    assert.deepEqual(await drainedOf(), left);
    assert.equal((await bastion.state()).bootstrapLeft, true);
    await bastion.enable('bootstrap');
    while ((await bastion.state()).bootstrapLeft) await sleep(10);
  });

  test('serves a blob of the store in the place of an image', async () => {
    const store = new MemoryBlobStore();
    const { digest } = await store.put(Buffer.from('kept image'));
    const images = new Map([['rhcos.raw.gz', { blob: digest }]]);
    const other = await start({ services: new Set(['files'] as const), store, images });
    assert.equal((await fetched('/rhcos.raw.gz', on(251), other)).body, 'kept image');
    await other.stop();
    const unknown = start({
      services: new Set(['files'] as const),
      store,
      images: new Map([['rhcos.iso', { blob: digest }]]),
    });
    await assert.rejects(unknown, { code: 'cluster.noSuchImage', message: /rhcos\.iso/ });
  });

  test('starts nothing where one of its services cannot start', async () => {
    const other = start();
    // Its balancer's ports are taken by the one that runs.
    await assert.rejects(other, { code: 'lb.addressInUse' });
    const { host, port } = await listening('dns');
    const resolver = new Resolver({ timeout: 2_000 });
    resolver.setServers([`${host}:${port}`]);
    assert.deepEqual(await resolver.resolve4('api.openshift4.example.com'), [on(250)]);
  });
});
