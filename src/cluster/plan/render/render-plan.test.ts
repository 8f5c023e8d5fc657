import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { HoldfastError } from '../../../kernel/index.ts';
import { balancerOf } from '../derive/balancer.ts';
import type { DnsRecord } from '../derive/dns-record.ts';
import { registriesOf } from '../derive/images.ts';
import { installsOf } from '../derive/machines.ts';
import { recordsOf } from '../derive/records.ts';
import type { Plan } from '../model.ts';
import { arbitraryPlan } from '../testing/arbitrary-plan.ts';
import { referencePlan } from '../testing/reference-plan.ts';
import { renderPlan } from './render-plan.ts';
import { inputsFor } from './testing/inputs.ts';
import { parseHaproxy, wordsAfter } from './testing/parse-haproxy.ts';
import { parseZone } from './testing/parse-zone.ts';

const render = (plan: Plan) => renderPlan(plan, inputsFor(plan));

/** The data of a record as a master file writes it. */
function dataOf(record: DnsRecord): string {
  switch (record.type) {
    case 'A':
      return record.address;
    case 'SRV':
      return `${record.priority} ${record.weight} ${record.port} ${record.target}.`;
    case 'PTR':
    case 'NS':
      return `${record.target}.`;
    case 'SOA': {
      const { primary, mailbox, serial, refreshSeconds, retrySeconds, expireSeconds, negativeSeconds } =
        record;
      return `${primary}. ${mailbox}. ${serial} ${refreshSeconds} ${retrySeconds} ${expireSeconds} ${negativeSeconds}`;
    }
  }
}

test('for any valid plan, what is rendered reads back to what was derived', () => {
  fc.assert(
    fc.property(arbitraryPlan, (plan) => {
      const files = render(plan);
      for (const { name, records } of recordsOf(plan).zones)
        assert.deepEqual(
          parseZone(files.get(`dns/${name}.zone`)!.text),
          records.map((record) => ({
            name: `${record.name}.`,
            ttl: record.ttlSeconds,
            type: record.type,
            data: dataOf(record),
          })),
        );

      const sections = parseHaproxy(files.get('haproxy/haproxy.cfg')!.text);
      const servers = wordsAfter(sections, 'backend', 'server');
      const binds = wordsAfter(sections, 'frontend', 'bind');
      for (const frontend of balancerOf(plan).frontends) {
        assert.deepEqual(binds[frontend.name], [[`${frontend.address}:${frontend.port}`]]);
        assert.deepEqual(
          servers[frontend.name]!.map(([name, address]) => [name, address]),
          frontend.servers.map(({ name, address }) => [name, `${address}:${frontend.port}`]),
        );
      }

      const config = parse(files.get('install-config.yaml')!.text);
      assert.equal(config.compute[0].replicas, 0);
      assert.deepEqual(config.imageContentSources ?? config.imageDigestSources, registriesOf(plan));
      assert.equal('imageDigestSources' in config, plan.cluster.version.minor >= 14);
      for (const node of installsOf(plan))
        for (const argument of node.kernelArguments)
          assert.ok(files.get(`boot/${node.name}.txt`)!.text.includes(` ${argument}`));
    }),
    { numRuns: 25 },
  );
});

test('the same plan gives the same bytes, in the same order', () => {
  fc.assert(
    fc.property(arbitraryPlan, (plan) => {
      assert.deepEqual([...render(structuredClone(plan))], [...render(plan)]);
    }),
    { numRuns: 8 },
  );
});

test('secrets stand in files for their owner alone, and in no other', () => {
  const secret = 'c2VjcmV0LXdvcmQ=';
  const plan: Plan = {
    ...referencePlan,
    bastion: {
      ...referencePlan.bastion,
      serves: { ...referencePlan.bastion.serves, registry: 'rendered' },
    },
  };
  const pullSecret = JSON.stringify({ auths: { [plan.registry.host]: { auth: secret } } });
  const files = renderPlan(plan, { ...inputsFor(plan), pullSecret });
  for (const [path, { text, mode }] of files) {
    const isSecret = text.includes(secret) || text.includes('PRIVATE KEY');
    assert.equal(mode === 0o600, isSecret, path);
  }
  assert.deepEqual(
    [...files].filter(([, { mode }]) => mode === 0o600).map(([path]) => path),
    ['certificates/registry.key', 'install-config.yaml'],
  );
});

const hostile = [
  'a"b',
  "a'b",
  'a\nserver evil 6.6.6.6:6443',
  'a;deny',
  'a{{ .Name }}',
  'a}',
  'a$HOME',
  `a${'$'}{x}`,
  'a`id`',
  'a%00',
  'a%n',
  'a b',
  'a\\b',
  'a#b',
  'a|b',
  '<img src=x>',
  '../../etc/passwd',
  'a\0b',
  'a\r\nb',
  '\u202eevil',
  '',
];

type Change = (plan: Plan, value: string) => Plan;
const ofNode =
  (change: (value: string) => object): Change =>
  (plan, value) => ({
    ...plan,
    nodes: plan.nodes.map((node, at) => (at === 1 ? { ...node, ...change(value) } : node)),
  });
/** Each text of a plan that goes into a file. */
const places: Readonly<Record<string, Change>> = {
  'cluster.name': (plan, name) => ({ ...plan, cluster: { ...plan.cluster, name } }),
  'cluster.baseDomain': (plan, baseDomain) => ({ ...plan, cluster: { ...plan.cluster, baseDomain } }),
  'cluster.version': (plan, text) => ({
    ...plan,
    cluster: { ...plan.cluster, version: { ...plan.cluster.version, text } },
  }),
  'networks.machine': (plan, machine) => ({ ...plan, networks: { ...plan.networks, machine } }),
  'networks.gateway': (plan, gateway) => ({ ...plan, networks: { ...plan.networks, gateway } }),
  'networks.services': (plan, services) => ({ ...plan, networks: { ...plan.networks, services } }),
  'bastion.name': (plan, name) => ({ ...plan, bastion: { ...plan.bastion, name } }),
  'bastion.address': (plan, address) => ({ ...plan, bastion: { ...plan.bastion, address } }),
  'registry.host': (plan, host) => ({ ...plan, registry: { ...plan.registry, host } }),
  'registry.address': (plan, address) => ({ ...plan, registry: { ...plan.registry, address } }),
  'registry.repository': (plan, repository) => ({ ...plan, registry: { ...plan.registry, repository } }),
  'balancer.apiAddress': (plan, apiAddress) => ({ ...plan, balancer: { ...plan.balancer, apiAddress } }),
  'balancer.ingressAddress': (plan, ingressAddress) => ({
    ...plan,
    balancer: { ...plan.balancer, ingressAddress },
  }),
  'balancer.ingressNodes': (plan, name) => ({
    ...plan,
    balancer: { ...plan.balancer, ingressNodes: [name] },
  }),
  'dns.upstream': (plan, value) => ({ ...plan, dns: { ...plan.dns, upstream: [value] } }),
  timeServers: (plan, value) => ({ ...plan, timeServers: [value] }),
  'rhcos.image': (plan, image) => ({ ...plan, rhcos: { ...plan.rhcos, image } }),
  'node.name': ofNode((name) => ({ name })),
  'node.address': ofNode((address) => ({ address })),
  'node.disk': ofNode((disk) => ({ disk })),
  'node.interface': ofNode((value) => ({ interface: value })),
  'node.kernelArguments': ofNode((value) => ({ kernelArguments: [value] })),
};
/** Characters that a place may have, since they mean nothing where it goes. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  'node.kernelArguments': ['a%00', 'a%n', '../../etc/passwd'],
};

for (const [place, change] of Object.entries(places))
  test(`hostile values of ${place} are refused`, () => {
    for (const value of hostile) {
      if (harmless[place]?.includes(value)) continue;
      const plan = change(referencePlan, value);
      assert.throws(
        () => render(plan),
        (error) => error instanceof HoldfastError && /^plan\./.test(error.code),
        `${place}: ${JSON.stringify(value)}`,
      );
    }
  });

test('a hostile comment of the SSH key and hostile keys of the pull secret are escaped', () => {
  const evil = `"}'\n: {{ # $HOME %n\u0000`;
  const auths = {
    'registry.openshift4.example.com': { auth: 'eA==' },
    [evil]: { auth: 'eA==', email: evil },
  };
  const inputs = inputsFor(referencePlan);
  const sshKey = `${inputs.sshKey.trim()} "}': {{ # $HOME %n`;
  const config = parse(
    renderPlan(referencePlan, { ...inputs, sshKey, pullSecret: JSON.stringify({ auths }) }).get(
      'install-config.yaml',
    )!.text,
  );
  assert.equal(config.sshKey, sshKey);
  assert.deepEqual(JSON.parse(config.pullSecret), { auths });
  assert.equal(config.platform.none && config.metadata.name, 'openshift4');
});

test('secrets of the wrong shape are refused without a word of them', () => {
  const inputs = inputsFor(referencePlan);
  const word = 'VGhpc0lzU2VjcmV0';
  const cases: readonly [Partial<typeof inputs>, string][] = [
    [{ pullSecret: word }, 'plan.badPullSecret'],
    [{ pullSecret: `["${word}"]` }, 'plan.badPullSecret'],
    [{ pullSecret: `{"auths": {"${word}": {}}}` }, 'plan.badPullSecret'],
    [
      { sshKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${word}\n-----END OPENSSH PRIVATE KEY-----\n` },
      'plan.badSshKey',
    ],
    [{ sshKey: `ssh-ed25519 ${word}\nssh-ed25519 ${word}` }, 'plan.badSshKey'],
    [{ trustBundle: word }, 'plan.badTrustBundle'],
    [
      { trustBundle: `${inputs.trustBundle}-----BEGIN PRIVATE KEY-----\n${word}\n-----END PRIVATE KEY-----` },
      'plan.badTrustBundle',
    ],
  ];
  for (const [change, code] of cases)
    assert.throws(
      () => renderPlan(referencePlan, { ...inputs, ...change }),
      (error) =>
        error instanceof HoldfastError &&
        error.code === code &&
        !JSON.stringify([error.message, error.details]).includes(word),
      code,
    );
});

test('the login of the registry takes the place of one in the pull secret', () => {
  const inputs = { ...inputsFor(referencePlan), registryLogin: { user: 'nodes', password: 'p:w' } };
  const config = parse(renderPlan(referencePlan, inputs).get('install-config.yaml')!.text);
  assert.deepEqual(JSON.parse(config.pullSecret).auths, {
    'registry.openshift4.example.com': { auth: Buffer.from('nodes:p:w').toString('base64') },
  });
});

test('masters that take no work, time servers and an MTU become manifests', () => {
  const plan: Plan = {
    ...referencePlan,
    cluster: { ...referencePlan.cluster, mastersSchedulable: false },
    networks: { ...referencePlan.networks, mtu: 1400 },
    timeServers: ['10.225.45.250', 'ntp.example.com'],
  };
  const files = render(plan);
  const read = (path: string) => parse(files.get(`manifests/${path}`)!.text);
  assert.equal(read('manifests/cluster-scheduler-02-config.yml').spec.mastersSchedulable, false);
  assert.deepEqual(read('manifests/cluster-network-03-config.yml').spec.defaultNetwork, {
    type: 'OpenShiftSDN',
    openshiftSDNConfig: { mtu: 1400 },
  });
  const { source } = read('openshift/99_openshift-machineconfig_99-worker-chrony.yaml').spec.config.storage
    .files[0].contents;
  const conf = Buffer.from(source.split('base64,')[1], 'base64').toString();
  assert.match(conf, /^server 10\.225\.45\.250 iburst\nserver ntp\.example\.com iburst\ndriftfile /);
  assert.ok(![...render(referencePlan).keys()].some((path) => path.startsWith('manifests/')));
});

test('compose starts what the plan wants rendered, and keeps the rest in profiles', () => {
  const serves = { dns: 'rendered', balancer: 'holdfast', files: 'external', registry: 'rendered' } as const;
  const plan: Plan = { ...referencePlan, bastion: { ...referencePlan.bastion, serves } };
  const { services } = parse(render(plan).get('compose.yaml')!.text);
  const profiles = Object.entries(services).map(([name, it]) => [
    name,
    (it as { profiles?: string[] }).profiles,
  ]);
  assert.deepEqual(Object.fromEntries(profiles), {
    etcd: undefined,
    coredns: undefined,
    haproxy: ['balancer'],
    nginx: ['files'],
    registry: undefined,
  });
  const { registryIdentity: _, ...inputs } = inputsFor(plan);
  assert.throws(() => renderPlan(plan, inputs), { code: 'plan.noIdentity' });
});

test('a runbook names the reader’s machines in both languages, and leaves no place open', () => {
  fc.assert(
    fc.property(arbitraryPlan, (plan) => {
      const files = render(plan);
      for (const path of ['RUNBOOK.md', 'RUNBOOK.zh-CN.md']) {
        const { text } = files.get(path)!;
        for (const { name, address } of installsOf(plan))
          assert.ok(text.includes(name) && text.includes(address));
        assert.doesNotMatch(text, /undefined|\[object|\$\{/);
        assert.equal(text.split('```').length % 2, 1);
      }
    }),
    { numRuns: 10 },
  );
});
