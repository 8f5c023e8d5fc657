import { planErrors } from '../../errors.ts';
import { addressPattern } from '../../ipv4.ts';
import { type Finding, type Path, pathText } from '../../issue.ts';
import { hostOf, type Plan } from '../../model.ts';
import { entrancesOf } from '../addresses.ts';
import type { Rule } from '../rule.ts';

const balancing = 'modules/installation-load-balancing-user-infra.adoc';
const dns = 'modules/installation-dns-user-infra.adoc';
const chrony = 'modules/installation-special-config-chrony.adoc';

interface Listener {
  readonly what: string;
  readonly address: string;
  readonly port: number;
  readonly path: Path;
}

/** Everything that wants a port of an address, in the order in which the later one is told of a clash. */
function listenersOf({ bastion, balancer, registry }: Plan): readonly Listener[] {
  const { address } = bastion;
  const at = (what: string, of: string, port: number, path: Path) => ({ what, address: of, port, path });
  return [
    at('SSH', address, 22, ['bastion', 'address']),
    at('DNS', address, 53, ['bastion', 'serves', 'dns']),
    at('API', balancer.apiAddress, 6443, ['balancer', 'apiAddress']),
    at('machine-config', balancer.apiAddress, 22623, ['balancer', 'apiAddress']),
    at('ingress', balancer.ingressAddress, 80, ['balancer', 'ingressAddress']),
    at('ingress', balancer.ingressAddress, 443, ['balancer', 'ingressAddress']),
    at('registry', registry.address, registry.port, ['registry', 'port']),
    at('files', address, bastion.filesPort, ['bastion', 'filesPort']),
    at('stats', address, bastion.statsPort, ['bastion', 'statsPort']),
  ];
}

/** Rules on what the bastion serves. */
export const serviceRules: readonly Rule[] = [
  {
    name: 'no port of an address is wanted by two',
    severity: 'error',
    docs: balancing,
    *find({ plan }) {
      const first = new Map<string, Listener>();
      for (const listener of listenersOf(plan)) {
        const { what, address, port, path } = listener;
        const other = first.get(`${address}:${port}`);
        if (other && address !== '')
          yield {
            error: planErrors.portTwice({ what, other: other.what, address, port }),
            path,
            contradicts: other.path,
          };
        else first.set(`${address}:${port}`, listener);
      }
    },
  },
  {
    name: 'a registry that the bastion serves stands there',
    severity: 'error',
    docs: 'modules/installation-about-mirror-registry.adoc',
    *find({ plan: { bastion, registry } }) {
      if (bastion.serves.registry === 'external' || registry.address === bastion.address) return;
      const error = planErrors.registryElsewhere({ address: registry.address, bastion: bastion.address });
      yield { error, path: ['registry', 'address'], contradicts: ['bastion', 'serves', 'registry'] };
    },
  },
  {
    name: 'a balancer that the bastion serves stands there',
    severity: 'warning',
    docs: balancing,
    *find({ plan }) {
      if (plan.bastion.serves.balancer === 'external') return;
      for (const { value, path } of entrancesOf(plan))
        if (value !== plan.bastion.address)
          yield {
            error: planErrors.balancerElsewhere({ field: pathText(path), value }),
            path,
            contradicts: ['bastion', 'address'],
          };
    },
  },
  {
    name: 'the image is not where ignition files are',
    severity: 'error',
    docs: 'modules/installation-user-infra-machines-iso.adoc',
    *find({ plan: { rhcos } }) {
      if (rhcos.image.startsWith('ignition/'))
        yield { error: planErrors.imagePath({ image: rhcos.image }), path: ['rhcos', 'image'] };
    },
  },
  {
    name: 'DNS does not ask itself or a node',
    severity: 'error',
    docs: dns,
    *find({ plan }) {
      for (const [index, address] of plan.dns.upstream.entries()) {
        const path = ['dns', 'upstream', index];
        const node = plan.nodes.findIndex((it) => it.address === address);
        if (address === plan.bastion.address && plan.bastion.serves.dns !== 'external')
          yield { error: planErrors.upstreamItself({ address }), path, contradicts: ['bastion', 'address'] };
        if (node >= 0 && address !== '')
          yield {
            error: planErrors.upstreamNode({ address, node: plan.nodes[node]!.name }),
            path,
            contradicts: ['nodes', node, 'address'],
          };
      }
    },
  },
  {
    name: 'DNS of somebody else has an address',
    severity: 'error',
    docs: dns,
    *find({ plan: { bastion, dns: names } }) {
      if (bastion.serves.dns === 'external' && names.upstream.length === 0)
        yield {
          error: planErrors.noNameServer(),
          path: ['dns', 'upstream'],
          contradicts: ['bastion', 'serves', 'dns'],
        };
    },
  },
  {
    name: 'etcd is found by records of its own up to 4.3',
    severity: 'warning',
    until: '4.3',
    docs: dns,
    *find({ plan }) {
      if (plan.bastion.serves.dns === 'external')
        yield {
          error: planErrors.etcdRecords(),
          path: ['bastion', 'serves', 'dns'],
          contradicts: ['cluster', 'version'],
        };
    },
  },
  {
    name: 'nodes have the time from somewhere',
    severity: 'warning',
    docs: chrony,
    *find({ plan: { timeServers, dns: names } }) {
      if (timeServers.length === 0 && names.upstream.length === 0)
        yield { error: planErrors.noTime(), path: ['timeServers'], contradicts: ['dns', 'upstream'] };
    },
  },
  {
    name: 'time servers are found and are no nodes',
    severity: 'error',
    docs: chrony,
    *find({ plan }) {
      const known = new Set(
        [plan.bastion.name, ...plan.nodes.map((node) => node.name)].map((name) => hostOf(plan, name)),
      );
      known.add(plan.registry.host);
      for (const [index, server] of plan.timeServers.entries()) {
        const path = ['timeServers', index];
        const node = plan.nodes.findIndex((it) => it.address === server || hostOf(plan, it.name) === server);
        if (node >= 0 && server !== '') yield clockOfNode(server, plan.nodes[node]!.name, path, node);
        else if (!addressPattern.test(server) && plan.dns.upstream.length === 0 && !known.has(server))
          yield { error: planErrors.timeServerUnknown({ server }), path, contradicts: ['dns', 'upstream'] };
      }
    },
  },
];

const clockOfNode = (server: string, node: string, path: Path, index: number): Finding => ({
  error: planErrors.timeServerNode({ server, node }),
  path,
  contradicts: ['nodes', index, 'address'],
});
