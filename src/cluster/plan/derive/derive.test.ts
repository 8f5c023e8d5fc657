import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node, Plan } from '../model.ts';
import { referencePlan } from '../testing/reference-plan.ts';
import { balancerOf } from './balancer.ts';
import { downloadsOf } from './downloads.ts';
import { registriesOf, releaseImageOf } from './images.ts';
import { kernelLineOf, netbootLineOf } from './kernel-line.ts';
import { installsOf } from './machines.ts';
import { recordsOf } from './records.ts';

const bootstrap = referencePlan.nodes[0]!;
const master1 = referencePlan.nodes[1]!;

/** The reference plan at another version of OpenShift. */
const at = (minor: number, change: Partial<Plan> = {}): Plan => ({
  ...referencePlan,
  ...change,
  cluster: { ...referencePlan.cluster, version: { text: `4.${minor}.9`, major: 4, minor } },
});

const single = (minor: number): Plan => {
  const node: Node = { ...master1, name: 'sno' };
  return {
    ...at(minor),
    nodes: [node],
    balancer: { apiAddress: node.address, ingressAddress: node.address, ingressNodes: ['sno'] },
  };
};

/** A, SRV and PTR records as short lines. */
function linesOf(plan: Plan): readonly string[] {
  return recordsOf(plan).zones.flatMap(({ records }) =>
    records.flatMap((record) => {
      if (record.type === 'A') return [`${record.name} A ${record.address}`];
      if (record.type === 'PTR') return [`${record.name} PTR ${record.target}`];
      if (record.type !== 'SRV') return [];
      const { priority, weight, port, target } = record;
      return [`${record.name} SRV ${priority} ${weight} ${port} ${target}`];
    }),
  );
}

test('recordsOf() gives the names of the reference, forward and backward', () => {
  const zone = 'openshift4.example.com';
  assert.deepEqual(linesOf(referencePlan), [
    `api.${zone} A 10.225.45.250`,
    `api-int.${zone} A 10.225.45.250`,
    `etcd-0.${zone} A 10.225.45.251`,
    `etcd-1.${zone} A 10.225.45.252`,
    `etcd-2.${zone} A 10.225.45.222`,
    `bootstrap.${zone} A 10.225.45.223`,
    `master1.${zone} A 10.225.45.251`,
    `master2.${zone} A 10.225.45.252`,
    `master3.${zone} A 10.225.45.222`,
    `worker1.${zone} A 10.225.45.223`,
    `bastion.${zone} A 10.225.45.250`,
    `registry.${zone} A 10.225.45.226`,
    `apps.${zone} A 10.225.45.250`,
    `*.apps.${zone} A 10.225.45.250`,
    `_etcd-server-ssl._tcp.${zone} SRV 0 10 2380 etcd-0.${zone}`,
    `_etcd-server-ssl._tcp.${zone} SRV 0 10 2380 etcd-1.${zone}`,
    `_etcd-server-ssl._tcp.${zone} SRV 0 10 2380 etcd-2.${zone}`,
    `250.45.225.10.in-addr.arpa PTR api.${zone}`,
    `250.45.225.10.in-addr.arpa PTR api-int.${zone}`,
    `223.45.225.10.in-addr.arpa PTR bootstrap.${zone}`,
    `251.45.225.10.in-addr.arpa PTR master1.${zone}`,
    `252.45.225.10.in-addr.arpa PTR master2.${zone}`,
    `222.45.225.10.in-addr.arpa PTR master3.${zone}`,
    `223.45.225.10.in-addr.arpa PTR worker1.${zone}`,
    `250.45.225.10.in-addr.arpa PTR bastion.${zone}`,
    `226.45.225.10.in-addr.arpa PTR registry.${zone}`,
  ]);
});

test('each zone begins with its SOA and its NS, and its serial changes with its records', () => {
  const { zones } = recordsOf(referencePlan);
  assert.deepEqual(
    zones.map(({ name, records }) => [name, records[0]!.type, records[1]!.type]),
    [
      ['openshift4.example.com', 'SOA', 'NS'],
      ['45.225.10.in-addr.arpa', 'SOA', 'NS'],
    ],
  );
  const serial = (plan: Plan) => {
    const [soa] = recordsOf(plan).zones[0]!.records;
    return soa?.type === 'SOA' && soa.serial;
  };
  assert.equal(serial(referencePlan), serial(structuredClone(referencePlan)));
  assert.notEqual(
    serial(referencePlan),
    serial({ ...referencePlan, registry: { ...referencePlan.registry, address: '10.225.45.227' } }),
  );
});

test('etcd is named up to 4.5 and not later', () => {
  const named = (minor: number) => linesOf(at(minor)).filter((line) => line.includes('etcd')).length;
  assert.deepEqual([3, 5, 6, 14].map(named), [6, 6, 0, 0]);
});

test('a registry beside the cluster gets a zone of its own, and one above it none', () => {
  const withHost = (host: string) =>
    recordsOf({ ...referencePlan, registry: { ...referencePlan.registry, host } });
  const beside = withHost('mirror.example.com');
  assert.deepEqual(
    beside.zones.map(({ name, kind }) => [name, kind]),
    [
      ['openshift4.example.com', 'cluster'],
      ['mirror.example.com', 'registry'],
      ['45.225.10.in-addr.arpa', 'reverse'],
    ],
  );
  assert.deepEqual(
    beside.zones[1]!.records.map(({ name, type }) => [name, type]),
    [
      ['mirror.example.com', 'SOA'],
      ['mirror.example.com', 'NS'],
      ['mirror.example.com', 'A'],
    ],
  );
  const above = withHost('example.com');
  assert.equal(above.zones.length, 2);
  assert.deepEqual(above.omitted, [
    { name: 'example.com', address: '10.225.45.226', reason: 'aboveTheZone' },
  ]);
});

test('a registry on the bastion under its name is said once', () => {
  const { host: _, ...rest } = referencePlan.registry;
  const registry = { ...rest, host: 'bastion.openshift4.example.com', address: '10.225.45.250' };
  const lines = linesOf({ ...referencePlan, registry });
  assert.equal(new Set(lines).size, lines.length);
});

test('balancerOf() gives the frontends and servers of the reference, bootstrap marked as temporary', () => {
  const { frontends } = balancerOf(referencePlan);
  const all = ['bootstrap', 'master1', 'master2', 'master3'];
  assert.deepEqual(
    frontends.map(({ name, address, port, check, servers }) => [
      name,
      `${address}:${port}`,
      check.kind,
      servers.map((server) => server.name),
    ]),
    [
      ['openshift-api-server', '10.225.45.250:6443', 'https', all],
      ['machine-config-server', '10.225.45.250:22623', 'tcp', all],
      ['ingress-http', '10.225.45.250:80', 'tcp', all.slice(1)],
      ['ingress-https', '10.225.45.250:443', 'tcp', all.slice(1)],
    ],
  );
  assert.deepEqual(
    frontends[0]!.servers.map(({ temporary }) => temporary),
    [true, false, false, false],
  );
});

test('the worker that bootstrap becomes takes ingress at the machine’s address; a name that nobody has is refused', () => {
  const withIngress = (...ingressNodes: string[]) =>
    balancerOf({ ...referencePlan, balancer: { ...referencePlan.balancer, ingressNodes } });
  assert.deepEqual(withIngress('worker1').frontends[2]!.servers, [
    { name: 'worker1', address: '10.225.45.223', temporary: false },
  ]);
  assert.throws(() => withIngress('worker9'), { code: 'plan.unknownIngressNode' });
});

test('the kernel line of bootstrap is that of the reference, to the letter', () => {
  assert.equal(
    kernelLineOf(referencePlan, bootstrap),
    'ip=10.225.45.223::10.225.45.254:255.255.255.0:bootstrap.openshift4.example.com:ens192:none nameserver=10.225.45.250 coreos.inst.install_dev=sda coreos.inst.image_url=http://10.225.45.250:8080/rhcos.raw.gz coreos.inst.ignition_url=http://10.225.45.250:8080/ignition/bootstrap.ign',
  );
});

test('the worker that bootstrap becomes boots with its own name and role', () => {
  const worker = installsOf(referencePlan).at(-1)!;
  const line = kernelLineOf(referencePlan, worker);
  assert.match(line, /^ip=10\.225\.45\.223::[^ ]+:worker1\.openshift4\.example\.com:ens192:none /);
  assert.match(line, /\/ignition\/worker\.ign$/);
});

test('from 4.6 a node fetches no image, its disk is a path, and extra arguments stand at the end', () => {
  const plan = at(14);
  const line = kernelLineOf(plan, { ...master1, kernelArguments: ['console=ttyS0', 'fips=1'] });
  assert.match(
    line,
    / coreos\.inst\.install_dev=\/dev\/sda coreos\.inst\.ignition_url=http:\/\/10\.225\.45\.250:8080\/ignition\/master\.ign console=ttyS0 fips=1$/,
  );
  assert.doesNotMatch(line, /image_url/);
  assert.match(
    netbootLineOf(plan, master1),
    /^rd\.neednet=1 coreos\.live\.rootfs_url=http:\/\/10\.225\.45\.250:8080\/rhcos-live-rootfs\.x86_64\.img ip=/,
  );
});

test('a single node boots into the Ignition that installs it', () => {
  const plan = single(14);
  assert.match(
    kernelLineOf(plan, plan.nodes[0]!),
    /ignition\.config\.url=http:\/\/10\.225\.45\.250:8080\/ignition\/bootstrap-in-place-for-live-iso\.ign$/,
  );
  assert.deepEqual(
    balancerOf(plan).frontends.map(({ servers }) => servers.map(({ name }) => name)),
    [['sno'], ['sno'], ['sno'], ['sno']],
  );
});

test('nodes ask the bastion, or where DNS is somebody else’s, the servers of the plan', () => {
  const external = (upstream: readonly string[]): Plan => ({
    ...referencePlan,
    bastion: {
      ...referencePlan.bastion,
      serves: { ...referencePlan.bastion.serves, dns: 'external' },
    },
    dns: { ...referencePlan.dns, upstream },
  });
  const line = kernelLineOf(external(['10.0.0.1', '10.0.0.2']), bootstrap);
  assert.match(line, /:none nameserver=10\.0\.0\.1 nameserver=10\.0\.0\.2 coreos/);
  assert.throws(() => kernelLineOf(external([]), bootstrap), { code: 'plan.noNameServer' });
});

test('downloadsOf() says who fetches what, each path once', () => {
  const told = (plan: Plan) =>
    downloadsOf(plan).map(({ path, nodes }) => [path, nodes.map(({ name }) => name).join(' ')]);
  const all = 'bootstrap master1 master2 master3 worker1';
  const ignition = [
    ['ignition/bootstrap.ign', 'bootstrap'],
    ['ignition/master.ign', 'master1 master2 master3'],
    ['ignition/worker.ign', 'worker1'],
  ];
  assert.deepEqual(told(referencePlan), [['rhcos.raw.gz', all], ...ignition]);
  assert.deepEqual(told(at(14)), [
    ['rhcos-live-kernel-x86_64', all],
    ['rhcos-live-initramfs.x86_64.img', all],
    ['rhcos-live-rootfs.x86_64.img', all],
    ...ignition,
  ]);
});

test('images are named by the registry, with its port where it is not 443', () => {
  assert.equal(releaseImageOf(referencePlan), 'registry.openshift4.example.com/ocp4/openshift4:4.5.9-x86_64');
  const other = { ...referencePlan, registry: { ...referencePlan.registry, port: 5000 } };
  assert.deepEqual(registriesOf(other), [
    {
      mirrors: ['registry.openshift4.example.com:5000/ocp4/openshift4'],
      source: 'quay.io/openshift-release-dev/ocp-release',
    },
    {
      mirrors: ['registry.openshift4.example.com:5000/ocp4/openshift4'],
      source: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev',
    },
  ]);
});
