import { planErrors } from '../errors.ts';
import type { Finding } from '../issue.ts';
import { atLeast, type Node, type Plan, type Version } from '../model.ts';
import type { WrittenPlan } from './schema.ts';

/** The plan that a written one means: everything derived that was left out. Findings are facts that nothing gives. */
export function fillIn(written: WrittenPlan): { plan: Plan; findings: readonly Finding[] } {
  const { cluster, networks, bastion, registry, balancer, rhcos } = written;
  const findings: Finding[] = [];
  const version = versionOf(cluster.version);
  const nodes = written.nodes.map((node, index) => {
    for (const field of ['disk', 'interface'] as const)
      if ((node[field] ?? written.nodeDefaults[field]) === undefined)
        findings.push({
          error: planErrors.missingOfNode({ field, node: node.name }),
          path: ['nodes', index],
        });
    return nodeOf(node, written.nodeDefaults);
  });
  const workers = nodes.filter((node) => node.role === 'worker');
  const zone = `${cluster.name}.${cluster.baseDomain}`;
  const registryAddress = registry.address ?? bastion.address;
  const onBastion = registryAddress === bastion.address;
  const apiAddress = balancer.apiAddress ?? bastion.address;
  const ingress = workers.length > 0 ? workers : nodes.filter((node) => node.role === 'master');
  const plan: Plan = {
    cluster: {
      ...cluster,
      version,
      mastersSchedulable: cluster.mastersSchedulable ?? workers.length === 0,
    },
    networks: {
      machine: networks.machine,
      gateway: networks.gateway,
      pods: networks.pods,
      services: networks.services,
      type: networks.type ?? (atLeast(version, 4, 12) ? 'OVNKubernetes' : 'OpenShiftSDN'),
      ...(networks.mtu !== undefined && { mtu: networks.mtu }),
    },
    bastion: {
      ...bastion,
      serves: {
        ...bastion.serves,
        registry: bastion.serves.registry ?? (onBastion ? 'holdfast' : 'external'),
      },
    },
    registry: {
      host: registry.host ?? `registry.${zone}`,
      address: registryAddress,
      port: registry.port ?? (onBastion ? 5000 : 443),
      repository: registry.repository ?? 'openshift/release',
    },
    nodes,
    balancer: {
      apiAddress,
      ingressAddress: balancer.ingressAddress ?? apiAddress,
      ingressNodes: balancer.ingressNodes ?? ingress.map((node) => node.name),
    },
    dns: written.dns,
    timeServers: written.timeServers,
    rhcos: {
      version: versionOf(rhcos.version),
      image: rhcos.image,
      ...(rhcos.iso !== undefined && { iso: rhcos.iso }),
    },
    secrets: {
      pullSecret: written.secrets.pullSecret,
      sshKey: written.secrets.sshKey,
      ...(written.secrets.trustBundle !== undefined && { trustBundle: written.secrets.trustBundle }),
    },
  };
  return { plan, findings };
}

function nodeOf(node: WrittenPlan['nodes'][number], defaults: WrittenPlan['nodeDefaults']): Node {
  return {
    name: node.name,
    role: node.role,
    address: node.address,
    disk: (node.disk ?? defaults.disk ?? '').replace(/^\/dev\//, ''),
    interface: node.interface ?? defaults.interface ?? '',
    ...(node.becomes !== undefined && { becomes: node.becomes }),
    kernelArguments: node.kernelArguments ?? defaults.kernelArguments ?? [],
  };
}

/** A version of a text of the form that a plan takes; 0.0 for any other. */
export function versionOf(text: string): Version {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)\./.exec(text) ?? [];
  return { text, major: Number(major), minor: Number(minor) };
}
