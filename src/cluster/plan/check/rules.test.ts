import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parsePlan } from '../format/parse-plan.ts';
import { currentYaml, singleYaml } from '../testing/current-yaml.ts';
import { referenceYaml } from '../testing/reference-yaml.ts';
import { checkPlan } from './check-plan.ts';
import { rules } from './rules.ts';

/** Which plan is changed, how (text for text, or a line at its end), and what is told of it. */
type Case = readonly [base: string, changes: readonly (readonly [string, string])[] | string, told: string];

const old = referenceYaml;
const now = currentYaml;
const one = singleYaml;

const cases: readonly Case[] = [
  // networks
  [old, [['172.30.0.0/16', '10.225.0.0/16']], 'networksOverlap networks.services > networks.machine'],
  [
    old,
    [['services: 172.30.0.0/16', 'services: 10.128.0.0/16']],
    'networksOverlap networks.services > networks.pods.cidr',
  ],
  [old, [['machine: 10.225.45.0/24', 'machine: 10.225.45.1/24']], 'hostBits networks.machine'],
  [now, [['gateway', 'services: 100.64.0.0/16\n  gateway']], 'reservedNetwork networks.services'],
  [now, [['gateway', 'services: 100.88.1.0/24\n  gateway']], 'reservedNetwork networks.services'],
  [now, [['gateway', 'services: 169.254.0.0/20\n  gateway']], 'reservedNetwork networks.services'],
  [old, [['10.225.45.252', '10.225.46.252']], 'outsideNetwork nodes[2].address > networks.machine'],
  [
    old,
    [['gateway: 10.225.45.254', 'gateway: 10.225.44.254']],
    'outsideNetwork networks.gateway > networks.machine',
  ],
  [
    now,
    [['address: 192.0.2.10\n', 'address: 192.0.3.10\n']],
    'outsideNetwork bastion.address > networks.machine',
  ],
  [old, [['10.225.45.226', '172.30.0.7']], 'addressOfPods registry.address > networks.services'],
  [old, [['10.225.45.222', '10.225.45.255']], 'networkAddress nodes[3].address > networks.machine'],
  [old, [['10.225.45.222', '10.225.45.0']], 'networkAddress nodes[3].address > networks.machine'],
  // pods
  [
    old,
    [['services', 'pods: { hostPrefix: 13 }\n  services']],
    'hostPrefixTooShort networks.pods.hostPrefix > networks.pods.cidr',
  ],
  [old, [['services', 'pods: { hostPrefix: 30 }\n  services']], 'hostPrefixTooLong networks.pods.hostPrefix'],
  [old, [['services', 'pods: { hostPrefix: 25 }\n  services']], 'fewPods networks.pods.hostPrefix'],
  [
    old,
    [['services', 'pods: { cidr: 10.128.0.0/22, hostPrefix: 23 }\n  services']],
    'fewNodes networks.pods.cidr > nodes',
  ],
  // names and addresses
  [old, [['name: master2', 'name: master1']], 'nameTwice nodes[2].name > nodes[1].name'],
  [old, [['name: master2', 'name: bastion']], 'nameTwice nodes[2].name > bastion.name'],
  [old, [['10.225.45.252', '10.225.45.251']], 'addressTwice nodes[2].address > nodes[1].address'],
  [old, [['10.225.45.252', '10.225.45.254']], 'addressTwice nodes[2].address > networks.gateway'],
  [old, [['10.225.45.252', '10.225.45.250']], 'addressTwice nodes[2].address > bastion.address'],
  [old, [['10.225.45.252', '10.225.45.226']], 'addressTwice nodes[2].address > registry.address'],
  [old, [['becomes: worker1', 'becomes: master3']], 'becomesExisting nodes[0].becomes > nodes[3].name'],
  [old, [['name: master2', 'name: etcd-1']], 'nameReserved nodes[2].name'],
  [old, [['becomes: worker1', 'becomes: api-int']], 'nameReserved nodes[0].becomes'],
  [old, [['host: registry.', 'host: master1.']], 'hostTaken registry.host > nodes[1].name'],
  [old, [['host: registry.', 'host: api.']], 'hostTaken registry.host > balancer.apiAddress'],
  [old, [['host: registry.openshift4.example.com', 'host: example.com']], 'hostAbove registry.host'],
  [old, [['name: master1', `name: ${'m'.repeat(41)}`]], 'hostTooLong nodes[1].name'],
  [old, 'balancer: { apiAddress: 10.225.45.251 }', 'entranceAtNode balancer.apiAddress > nodes[1].address'],
  [
    old,
    'balancer: { ingressAddress: 10.225.45.222 }',
    'entranceAtNode balancer.ingressAddress > nodes[3].address',
  ],
  [old, 'balancer: { apiAddress: 10.225.45.254 }', 'addressTwice balancer.apiAddress > networks.gateway'],
  // machines
  [old, [[/ {2}- .*master3.*\n/.exec(old)![0], '']], 'mastersCount nodes'],
  [now, [['worker1, role: worker', 'worker1, role: master']], 'mastersCount nodes'],
  [
    one,
    [
      ['4.16.20', '4.5.9'],
      ['4.16.3', '4.5.6'],
    ],
    'singleTooOld nodes[0] > cluster.version',
  ],
  [
    one,
    [
      ['4.16.20', '4.12.20'],
      ['4.16.3', '4.12.3'],
      ['gateway', 'type: OpenShiftSDN\n  gateway'],
    ],
    'singleNetwork networks.type > nodes[0]',
  ],
  [
    one,
    [['nodes:', 'nodes:\n  - { name: b, role: bootstrap, address: 192.0.2.20 }']],
    'singleBootstrap nodes[0] > nodes[1]',
  ],
  [now, [[/ {2}- .*bootstrap.*\n/.exec(now)![0], '']], 'bootstrapMissing nodes'],
  [now, [['worker2, role: worker', 'worker2, role: bootstrap']], 'bootstrapTwice nodes[5] > nodes[0]'],
  [old, [['name: master1,', 'name: master1, becomes: x,']], 'becomesOfOther nodes[1].becomes'],
  [now, 'balancer: { ingressNodes: [worker1, worker3] }', 'unknownIngressNode balancer.ingressNodes[1]'],
  [now, 'balancer: { ingressNodes: [bootstrap, worker1] }', 'ingressBootstrap balancer.ingressNodes[0]'],
  [now, 'balancer: { ingressNodes: [worker1, worker1] }', 'ingressTwice balancer.ingressNodes[1]'],
  [now, 'balancer: { ingressNodes: [] }', 'ingressEmpty balancer.ingressNodes'],
  [
    now,
    'balancer: { ingressNodes: [master1, worker1] }',
    'ingressAtMaster balancer.ingressNodes[0] > cluster.mastersSchedulable',
  ],
  [
    now,
    [
      ['version: 4.20.4', 'version: 4.20.4\n  mastersSchedulable: true'],
      ['timeServers', 'balancer: { ingressNodes: [master1] }\ntimeServers'],
    ],
    'ingressMisses balancer.ingressNodes > nodes',
  ],
  [
    old,
    [['version: 4.5.9', 'version: 4.5.9\n  mastersSchedulable: false']],
    'nothingSchedulable cluster.mastersSchedulable > nodes',
  ],
  // versions
  [old, [['version: 4.5.9', 'version: 3.11.9']], 'versionUnknown cluster.version'],
  [now, [['4.20.4', '4.99.1']], 'versionNew cluster.version'],
  [old, [['version: 4.5.6', 'version: 4.5.10']], 'rhcosNewer rhcos.version > cluster.version'],
  [now, [['4.20.4', '4.20.0-rc.1']], 'rhcosNewer rhcos.version > cluster.version'],
  [now, [['4.20.0', '4.5.6']], 'rhcosIgnition rhcos.version > cluster.version'],
  [now, [['4.20.0', '4.19.0']], 'rhcosOlder rhcos.version > cluster.version'],
  [now, [['gateway', 'type: OpenShiftSDN\n  gateway']], 'sdnGone networks.type > cluster.version'],
  [
    now,
    [
      ['4.20.4', '4.14.9'],
      ['4.20.0', '4.14.0'],
      ['gateway', 'type: OpenShiftSDN\n  gateway'],
    ],
    'sdnDeprecated networks.type > cluster.version',
  ],
  [old, [['services', 'type: OVNKubernetes\n  services']], 'ovnPreview networks.type > cluster.version'],
  [
    old,
    [['version: 4.5.9', 'version: 4.5.9\n  architecture: aarch64']],
    'architectureTooNew cluster.architecture > cluster.version',
  ],
  [
    old,
    [
      ['version: 4.5.9', 'version: 4.2.9\n  architecture: s390x'],
      ['4.5.6', '4.2.0'],
    ],
    'architectureTooNew cluster.architecture > cluster.version',
  ],
  [
    old,
    [
      ['version: 4.5.9', 'version: 4.2.9\n  fips: true'],
      ['4.5.6', '4.2.0'],
    ],
    'fipsTooOld cluster.fips > cluster.version',
  ],
  [now, [['version: 4.20.4', 'version: 4.20.4\n  fips: true']], 'fipsHost cluster.fips'],
  // kernel arguments
  [
    old,
    [['disk: sda', 'kernelArguments: [ip=dhcp]\n  disk: sda']],
    'argumentDerived nodeDefaults.kernelArguments[0] > nodes',
  ],
  [
    now,
    [['address: 192.0.2.31', 'address: 192.0.2.31, kernelArguments: [quiet, fips=1]']],
    'argumentDerived nodes[4].kernelArguments[1] > cluster.fips',
  ],
  [
    old,
    [['disk: sda', 'kernelArguments: [coreos.inst=yes]\n  disk: sda']],
    'argumentDerived nodeDefaults.kernelArguments[0] > rhcos.image',
  ],
  [
    now,
    [['disk: nvme0n1', 'kernelArguments: ["coreos.inst.image_url=http://192.0.2.10/x"]\n  disk: sda']],
    'argumentTooOld nodeDefaults.kernelArguments[0] > cluster.version',
  ],
  [
    old,
    [['disk: sda', 'kernelArguments: ["coreos.live.rootfs_url=http://192.0.2.10/x"]\n  disk: sda']],
    'argumentTooNew nodeDefaults.kernelArguments[0] > cluster.version',
  ],
  // services
  [
    old,
    [['  host: registry.openshift4.example.com\n  address: 10.225.45.226', '  port: 443']],
    'portTwice registry.port > balancer.ingressAddress',
  ],
  [
    old,
    [['address: 10.225.45.250', 'address: 10.225.45.250\n  filesPort: 80']],
    'portTwice bastion.filesPort > balancer.ingressAddress',
  ],
  [
    now,
    [['address: 192.0.2.10\n', 'address: 192.0.2.10\n  filesPort: 5000\n']],
    'portTwice bastion.filesPort > registry.port',
  ],
  [
    now,
    [['address: 192.0.2.10\n', 'address: 192.0.2.10\n  statsPort: 22623\n']],
    'portTwice bastion.statsPort > balancer.apiAddress',
  ],
  [
    old,
    [['address: 10.225.45.250', 'address: 10.225.45.250\n  serves: { registry: holdfast }']],
    'registryElsewhere registry.address > bastion.serves.registry',
  ],
  [old, 'balancer: { apiAddress: 10.225.45.240 }', 'balancerElsewhere balancer.apiAddress > bastion.address'],
  [old, [['version: 4.5.6', 'version: 4.5.6\n  image: ignition/master.ign']], 'imagePath rhcos.image'],
  [old, [['114.114.114.114', '10.225.45.250']], 'upstreamItself dns.upstream[0] > bastion.address'],
  [old, [['114.114.114.114', '10.225.45.251']], 'upstreamNode dns.upstream[0] > nodes[1].address'],
  [
    now,
    [['address: 192.0.2.10\n', 'address: 192.0.2.10\n  serves: { dns: external }\n']],
    'noNameServer dns.upstream > bastion.serves.dns',
  ],
  [
    old,
    [
      ['version: 4.5.9', 'version: 4.3.9'],
      ['4.5.6', '4.3.1'],
      ['address: 10.225.45.250', 'address: 10.225.45.250\n  serves: { dns: external }'],
    ],
    'etcdRecords bastion.serves.dns > cluster.version',
  ],
  [old, [['upstream: [114.114.114.114]', 'ttlSeconds: 60']], 'noTime timeServers > dns.upstream'],
  [
    now,
    [['timeServers: [192.0.2.10]', 'timeServers: [ntp.example.org]']],
    'timeServerUnknown timeServers[0] > dns.upstream',
  ],
  [
    now,
    [['timeServers: [192.0.2.10]', 'timeServers: [master1.prod.example.com]']],
    'timeServerNode timeServers[0] > nodes[1].address',
  ],
  // files
  [old, [['  trustBundle: ssl.cert\n', '']], 'bundleMissing secrets.trustBundle > registry.host'],
];

const nowMs = Date.UTC(2026, 0, 1);
const issuesOf = (text: string) => checkPlan(parsePlan(text), { nowMs });

describe('each rule', () => {
  const fired = new Set<string>();
  for (const [base, changes, told] of cases)
    test(`tells of ${told}`, () => {
      const text =
        typeof changes === 'string'
          ? `${base}${changes}\n`
          : changes.reduce((it, [from, to]) => swap(it, from, to), base);
      const parsed = parsePlan(text);
      const issues = checkPlan(parsed, { nowMs });
      const found = issues.map(
        ({ code, path, contradicts }) =>
          `${code.slice('plan.'.length)} ${path}${contradicts ? ` > ${contradicts.path}` : ''}`,
      );
      assert.ok(found.includes(told), found.join('\n'));
      assert.ok(issues.every(({ docs, hint, line }) => docs && hint && line >= 1));
      const subject = { plan: parsed.draft!, nowMs, isWritten: parsed.places.has };
      for (const rule of rules) if ([...rule.find(subject)].length > 0) fired.add(rule.name);
    });

  test('is one that some plan breaks', () => {
    const ofFiles = /secret|SSH|trust bundle|certificate/;
    const silent = rules.map(({ name }) => name).filter((name) => !fired.has(name) && !ofFiles.test(name));
    assert.deepEqual(silent, []);
  });
});

function swap(text: string, from: string, to: string): string {
  assert.ok(text.includes(from), from);
  return text.replace(from, to);
}

test('plans without faults are told nothing of', () => {
  for (const text of [old, now, one]) assert.deepEqual(issuesOf(text), []);
});

test('the examples are told nothing of', () => {
  for (const name of ['ocp-4.5.9', 'ocp-4.20', 'single-node']) {
    const file = new URL(`../../../../examples/${name}/plan.yaml`, import.meta.url);
    assert.deepEqual(issuesOf(readFileSync(file, 'utf8')), [], name);
  }
});

test('a rule applies to its versions and to no others', () => {
  const sdn = (version: string) =>
    issuesOf(
      swap(swap(now, '4.20.4', `${version}.9`), 'gateway', 'type: OpenShiftSDN\n  gateway').replace(
        '4.20.0',
        `${version}.0`,
      ),
    ).map(({ code, severity }) => `${severity} ${code}`);
  assert.deepEqual(sdn('4.13'), []);
  assert.deepEqual(sdn('4.14'), ['warning plan.sdnDeprecated']);
  assert.deepEqual(sdn('4.15'), ['error plan.sdnGone']);
});

test('what is wrong by rules and what is wrong in the structure are told together, each once', () => {
  const text = swap(swap(old, '10.225.45.252', '10.225.45.252x'), '10.225.45.222', '10.225.45.251').replace(
    'role: bootstrap',
    'role: boot',
  );
  assert.deepEqual(
    issuesOf(text).map(({ code, path }) => `${code} ${path}`),
    ['plan.choice nodes[0].role', 'plan.notAddress nodes[2].address', 'plan.addressTwice nodes[3].address'],
  );
});
