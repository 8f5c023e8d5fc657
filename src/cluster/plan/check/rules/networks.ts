import { planErrors } from '../../errors.ts';
import { addressText, findAddress, findBlock, isInside, overlap } from '../../ipv4.ts';
import { type Finding, type Path, pathText } from '../../issue.ts';
import type { Plan } from '../../model.ts';
import { entrancesOf, type Mention, machinesOf } from '../addresses.ts';
import type { Rule } from '../rule.ts';

const parameters = 'modules/installation-configuration-parameters.adoc';
const staticNetwork = 'modules/installation-user-infra-machines-static-network.adoc';

const networksOf = ({ networks }: Plan): readonly Mention[] => [
  { value: networks.machine, path: ['networks', 'machine'] },
  { value: networks.pods.cidr, path: ['networks', 'pods', 'cidr'] },
  { value: networks.services, path: ['networks', 'services'] },
];

/** What OVN-Kubernetes takes for itself, by default. */
const ovnJoin = ['100.64.0.0/16'];
const ovnTransit = ['100.88.0.0/16'];
const ovnMasquerade = ['169.254.0.0/17'];

function* overlapping(plan: Plan, reserved: readonly string[]): Iterable<Finding> {
  if (plan.networks.type !== 'OVNKubernetes') return;
  for (const { value, path } of networksOf(plan))
    for (const other of reserved) {
      const [a, b] = [findBlock(value), findBlock(other)];
      if (a && b && overlap(a, b))
        yield { error: planErrors.reservedNetwork({ field: pathText(path), value, other }), path };
    }
}

const outside = (plan: Plan, mentions: readonly Mention[]): Finding[] => {
  const machine = findBlock(plan.networks.machine);
  if (!machine) return [];
  return mentions.flatMap(({ value, path }) => {
    const address = findAddress(value);
    if (address === undefined || isInside(machine, address)) return [];
    const details = { field: pathText(path), value, network: plan.networks.machine };
    return [{ error: planErrors.outsideNetwork(details), path, contradicts: machinePath }];
  });
};

const machinePath: Path = ['networks', 'machine'];
const bastionPath = 'bastion.address';

/** Rules on networks and on the place of addresses in them. */
export const networkRules: readonly Rule[] = [
  {
    name: 'networks do not overlap',
    severity: 'error',
    docs: parameters,
    *find({ plan }) {
      const networks = networksOf(plan);
      for (const [index, one] of networks.entries())
        for (const other of networks.slice(0, index)) {
          const [a, b] = [findBlock(one.value), findBlock(other.value)];
          if (!a || !b || !overlap(a, b)) continue;
          const details = {
            field: pathText(one.path),
            value: one.value,
            other: pathText(other.path),
            otherValue: other.value,
          };
          yield { error: planErrors.networksOverlap(details), path: one.path, contradicts: other.path };
        }
    },
  },
  {
    name: 'networks begin where their prefix says',
    severity: 'error',
    docs: parameters,
    *find({ plan }) {
      for (const { value, path } of networksOf(plan)) {
        const block = findBlock(value);
        if (!block || block.aligned) continue;
        const base = `${addressText(block.first)}/${block.prefix}`;
        yield { error: planErrors.hostBits({ field: pathText(path), value, base }), path };
      }
    },
  },
  {
    name: 'networks leave OVN-Kubernetes its join network',
    severity: 'error',
    since: '4.6',
    docs: 'modules/nw-ovn-kubernetes-migration-about.adoc',
    find: ({ plan }) => overlapping(plan, ovnJoin),
  },
  {
    name: 'networks leave OVN-Kubernetes its transit network',
    severity: 'error',
    since: '4.14',
    docs: 'modules/nw-operator-cr.adoc',
    find: ({ plan }) => overlapping(plan, ovnTransit),
  },
  {
    name: 'networks leave OVN-Kubernetes its masquerade network',
    severity: 'error',
    since: '4.17',
    docs: 'modules/nw-operator-cr.adoc',
    find: ({ plan }) => overlapping(plan, ovnMasquerade),
  },
  {
    name: 'nodes and their gateway stand in the machine network',
    severity: 'error',
    docs: staticNetwork,
    find: ({ plan }) =>
      outside(
        plan,
        machinesOf(plan).filter(({ path }) => path[0] === 'nodes' || path[0] === 'networks'),
      ),
  },
  {
    name: 'the bastion stands in the machine network',
    severity: 'warning',
    docs: staticNetwork,
    find: ({ plan }) =>
      outside(
        plan,
        machinesOf(plan).filter(({ path }) => pathText(path) === bastionPath),
      ),
  },
  {
    name: 'no address is in a network of pods or services',
    severity: 'error',
    docs: parameters,
    *find({ plan }) {
      for (const { value, path } of [...machinesOf(plan), ...entrancesOf(plan)])
        for (const network of networksOf(plan).slice(1)) {
          const [block, address] = [findBlock(network.value), findAddress(value)];
          if (!block || address === undefined || !isInside(block, address)) continue;
          const details = {
            field: pathText(path),
            value,
            other: pathText(network.path),
            network: network.value,
          };
          yield { error: planErrors.addressOfPods(details), path, contradicts: network.path };
        }
    },
  },
  {
    name: 'no machine has the address of the network or of its broadcast',
    severity: 'error',
    docs: staticNetwork,
    *find({ plan }) {
      const machine = findBlock(plan.networks.machine);
      if (!machine || machine.prefix > 30) return;
      for (const { value, path } of machinesOf(plan)) {
        const address = findAddress(value);
        if (address !== machine.first && address !== machine.last) continue;
        const details = { field: pathText(path), value, network: plan.networks.machine };
        yield { error: planErrors.networkAddress(details), path, contradicts: machinePath };
      }
    },
  },
];
