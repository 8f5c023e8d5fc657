import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { recordsOf } from '../derive/records.ts';
import { fillIn } from '../format/fill-in.ts';
import { parsePlan } from '../format/parse-plan.ts';
import { planSchema } from '../format/schema.ts';
import { hasErrors } from '../issue.ts';
import { hostOf, type Plan } from '../model.ts';
import { arbitraryPlanInput, type PlanInput } from '../testing/arbitrary-plan.ts';
import { checkPlan } from './check-plan.ts';

const nowMs = Date.UTC(2026, 0, 1);
const check = (input: PlanInput) => {
  const parsed = parsePlan(stringify(input));
  return { parsed, issues: checkPlan(parsed, { nowMs }) };
};

test('random valid plans are parsed to what was meant, and nothing is wrong with them', () => {
  fc.assert(
    fc.property(arbitraryPlanInput, (input) => {
      const { parsed, issues } = check(input);
      assert.deepEqual(
        issues.filter((issue) => issue.severity === 'error'),
        [],
      );
      assert.deepEqual(parsed.plan, fillIn(planSchema.parse(input)).plan);
    }),
    { numRuns: 30 },
  );
});

/** A copy of a plan of which anything may be changed. */
type Loose = { -readonly [K in keyof PlanInput]-?: NonNullable<PlanInput[K]> };
type Mutation = readonly [name: string, change: (plan: Loose, pick: (count: number) => number) => unknown];

const node = ({ nodes }: Loose, pick: (count: number) => number) => nodes[pick(nodes.length)]!;
const first = ({ nodes }: Loose) => nodes.find(({ role }) => role === 'master')!;

/** Changes after which two derived files disagree, or one of them cannot work. */
const mutations: readonly Mutation[] = [
  ['a node on the gateway', (it, pick) => Object.assign(node(it, pick), { address: it.networks.gateway })],
  ['a node on the bastion', (it, pick) => Object.assign(node(it, pick), { address: it.bastion.address })],
  ['a node elsewhere', (it, pick) => Object.assign(node(it, pick), { address: '203.0.113.7' })],
  [
    'a node on the broadcast',
    (it, pick) => Object.assign(node(it, pick), { address: it.networks.machine.replace('0/24', '255') }),
  ],
  [
    'a node at no address',
    (it, pick) => Object.assign(node(it, pick), { address: `${first(it).address}.1` }),
  ],
  ['two nodes of one address', (it) => it.nodes.push({ ...first(it), name: 'another', role: 'worker' })],
  ['two nodes of one name', (it) => it.nodes.push({ ...first(it), address: freeAddress(it) })],
  ['a node named as the bastion', (it, pick) => Object.assign(node(it, pick), { name: it.bastion.name! })],
  ['a node named as the API', (it, pick) => Object.assign(node(it, pick), { name: 'api-int' })],
  ['a node named as etcd', (it, pick) => Object.assign(node(it, pick), { name: 'etcd-0' })],
  [
    'a node named with its zone',
    (it, pick) => Object.assign(node(it, pick), { name: 'master1.example.com' }),
  ],
  [
    'a name that ends a line',
    (it, pick) => Object.assign(node(it, pick), { name: 'master1\nserver evil 192.0.2.1:6443' }),
  ],
  ['a domain that ends a line', (it) => Object.assign(it.cluster, { baseDomain: 'example.com\n@ NS evil' })],
  ['a disk that adds an argument', (it) => Object.assign(it.nodeDefaults, { disk: 'sda init=/bin/sh' })],
  ['an interface that adds a field', (it) => Object.assign(it.nodeDefaults, { interface: 'ens192:dhcp' })],
  [
    'an argument that adds another',
    (it) => Object.assign(it.nodeDefaults, { kernelArguments: ['a=b init=/bin/sh'] }),
  ],
  ['a registry that ends a string', (it) => Object.assign(it.registry, { host: "registry'.example.com" })],
  ['the registry named as a node', (it) => Object.assign(it.registry, hostAt(it, first(it).name))],
  ['the registry on the ingress', (it) => Object.assign(it, { registry: { port: 443 } })],
  ['the files on the API', (it) => Object.assign(it.bastion, { filesPort: 6443 })],
  ['the stats on the files', (it) => Object.assign(it.bastion, { statsPort: 8080, filesPort: 8080 })],
  ['the API at a node', (it) => Object.assign(it, { balancer: { apiAddress: first(it).address } })],
  ['ingress to nobody', (it) => Object.assign(it, { balancer: { ingressNodes: ['nobody'] } })],
  ['services in the machine network', (it) => Object.assign(it.networks, { services: it.networks.machine })],
  ['pods in the services', (it) => Object.assign(it.networks, { pods: { cidr: '172.30.0.0/15' } })],
  ['another master', (it) => it.nodes.push({ name: 'another', role: 'master', address: freeAddress(it) })],
  ['RHCOS of the next version', (it) => Object.assign(it.rhcos, { version: '4.99.0' })],
  ['a version without its patch', (it) => Object.assign(it.cluster, { version: '4.20' })],
  ['DNS that asks itself', (it) => Object.assign(it, { dns: { upstream: [it.bastion.address] } })],
  ['a field that nobody knows', (it) => Object.assign(it.networks, { gatway: it.networks.gateway })],
];

const hostAt = (it: Loose, name: string) => ({
  host: `${name}.${it.cluster.name}.${it.cluster.baseDomain}`,
  address: freeAddress(it),
});

function freeAddress(it: Loose): string {
  const text = JSON.stringify(it);
  const base = it.networks.machine.replace('0/24', '');
  return Array.from({ length: 252 }, (_, index) => `${base}${index + 2}`).find(
    (one) => !text.includes(`"${one}"`),
  )!;
}

test('no change that makes two derived files disagree is accepted', () => {
  for (const [name, change] of mutations)
    fc.assert(
      fc.property(arbitraryPlanInput, fc.nat(), (input, seed) => {
        const changed = structuredClone({ balancer: {}, ...input }) as Loose;
        change(changed, (count) => seed % count);
        assert.ok(hasErrors(check(changed).issues), `accepted: ${name}\n${stringify(changed)}`);
      }),
      { numRuns: 4 },
    );
});

/** Texts that a change may put in place of another: every address, name and number of the plan, and some beside it. */
const spare = ['192.0.2.7', '10.128.0.9', 'worker1', 'api', '443', '80'];

test('a plan with one value in the place of another is refused, or its names still have one address each', () => {
  fc.assert(
    fc.property(arbitraryPlanInput, fc.nat(), fc.nat(), (input, at, from) => {
      const lines = stringify(input).split('\n');
      const values = [
        ...lines.map((line) => /^[ -]*[\w]+: (\S+)$/.exec(line)?.[1]).filter((it) => it !== undefined),
        ...spare,
      ];
      const index = at % lines.length;
      lines[index] = lines[index]!.replace(/: \S+$/, () => `: ${values[from % values.length]}`);
      const parsed = parsePlan(lines.join('\n'));
      if (hasErrors(checkPlan(parsed, { nowMs }))) return;
      assertConsistent(parsed.plan!);
    }),
    { numRuns: 100 },
  );
});

function assertConsistent(plan: Plan): void {
  const addresses = new Map<string, Set<string>>();
  for (const record of recordsOf(plan).zones.flatMap((zone) => zone.records))
    if (record.type === 'A')
      addresses.set(record.name, (addresses.get(record.name) ?? new Set()).add(record.address));
  for (const [name, found] of addresses) assert.equal(found.size, 1, name);
  assert.equal(new Set(plan.nodes.map((it) => it.address)).size, plan.nodes.length);
  for (const it of plan.nodes) assert.deepEqual([...addresses.get(hostOf(plan, it.name))!], [it.address]);
}
