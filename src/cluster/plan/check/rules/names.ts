import { planErrors } from '../../errors.ts';
import { type Finding, pathText } from '../../issue.ts';
import { hostOf, type Plan, zoneOf } from '../../model.ts';
import { entrancesOf, hostsOf, type Mention, machinesOf, namesOf } from '../addresses.ts';
import type { Rule } from '../rule.ts';

const dns = 'modules/installation-dns-user-infra.adoc';
/** A node's full name is also the value of a label of Kubernetes. */
const longestHost = 63;
/** Names that the cluster's zone gives to something else. */
const reserved = /^(?:api|api-int|apps|etcd-\d+)$/;

/** A finding for each mention whose value an earlier one has. */
function* twice(
  mentions: readonly Mention[],
  error: (details: { field: string; value: string; other: string }) => Finding['error'],
): Iterable<Finding> {
  const first = new Map<string, Mention>();
  for (const mention of mentions) {
    const { value, path } = mention;
    const before = first.get(value);
    if (before && value !== '')
      yield {
        error: error({ field: pathText(path), value, other: pathText(before.path) }),
        path,
        contradicts: before.path,
      };
    else first.set(value, mention);
  }
}

const becomesOf = (plan: Plan): readonly Mention[] =>
  plan.nodes.flatMap(({ becomes }, index) =>
    becomes === undefined ? [] : [{ value: becomes, path: ['nodes', index, 'becomes'] }],
  );

/** Rules on names and on addresses that two things have. */
export const nameRules: readonly Rule[] = [
  {
    name: 'every machine has a name of its own',
    severity: 'error',
    docs: dns,
    find: ({ plan }) => twice(namesOf(plan), planErrors.nameTwice),
  },
  {
    name: 'every machine has an address of its own',
    severity: 'error',
    docs: 'modules/installation-user-infra-machines-static-network.adoc',
    find: ({ plan }) => twice(machinesOf(plan), planErrors.addressTwice),
  },
  {
    name: 'bootstrap becomes a worker that does not stand in the plan yet',
    severity: 'error',
    docs: 'the reference installation of 4.5: bootstrap is installed again as a worker',
    *find({ plan }) {
      const names = namesOf(plan);
      for (const { value, path } of becomesOf(plan)) {
        const other = names.find((name) => name.value === value);
        if (other) {
          const error = planErrors.becomesExisting({ value, other: pathText(other.path) });
          yield { error, path, contradicts: other.path };
        }
      }
    },
  },
  {
    name: 'no machine has a name that the zone gives to something else',
    severity: 'error',
    docs: dns,
    *find({ plan }) {
      for (const { value, path } of [...namesOf(plan), ...becomesOf(plan)])
        if (reserved.test(value))
          yield { error: planErrors.nameReserved({ field: pathText(path), value }), path };
    },
  },
  {
    name: 'the registry’s name is not that of another machine',
    severity: 'error',
    docs: dns,
    *find({ plan }) {
      const { host, address } = plan.registry;
      const other = hostsOf(plan).find((it) => it.value === host && it.address !== address);
      if (!other) return;
      const details = { host, address, other: pathText(other.path), otherAddress: other.address };
      yield { error: planErrors.hostTaken(details), path: ['registry', 'host'], contradicts: other.path };
    },
  },
  {
    name: 'the registry’s name is not above the cluster’s zone',
    severity: 'warning',
    docs: dns,
    *find({ plan }) {
      const zone = zoneOf(plan);
      if (plan.bastion.serves.dns === 'external' || !zone.endsWith(`.${plan.registry.host}`)) return;
      yield { error: planErrors.hostAbove({ host: plan.registry.host, zone }), path: ['registry', 'host'] };
    },
  },
  {
    name: 'full names of nodes are short enough for a label',
    severity: 'error',
    docs: 'modules/installation-user-infra-machines-static-network.adoc',
    *find({ plan }) {
      for (const [index, node] of plan.nodes.entries()) {
        const host = hostOf(plan, node.name);
        const path = ['nodes', index, 'name'];
        if (host.length > longestHost)
          yield { error: planErrors.hostTooLong({ host, length: host.length, limit: longestHost }), path };
      }
    },
  },
  {
    name: 'the API and ingress do not point at a node',
    severity: 'error',
    docs: 'modules/installation-load-balancing-user-infra.adoc',
    *find({ plan }) {
      // A single node is its own balancer where nobody else is.
      if (plan.nodes.length === 1 && plan.bastion.serves.balancer === 'external') return;
      for (const { value, path } of entrancesOf(plan)) {
        const index = plan.nodes.findIndex((node) => node.address === value);
        const node = plan.nodes[index];
        if (!node || value === '') continue;
        const details = { field: pathText(path), value, node: node.name };
        yield { error: planErrors.entranceAtNode(details), path, contradicts: ['nodes', index, 'address'] };
      }
    },
  },
  {
    name: 'the API and ingress do not point at the gateway',
    severity: 'error',
    docs: 'modules/installation-load-balancing-user-infra.adoc',
    *find({ plan }) {
      const { gateway } = plan.networks;
      for (const { value, path } of entrancesOf(plan))
        if (value === gateway && value !== plan.bastion.address)
          yield {
            error: planErrors.addressTwice({ field: pathText(path), value, other: 'networks.gateway' }),
            path,
            contradicts: ['networks', 'gateway'],
          };
    },
  },
];
