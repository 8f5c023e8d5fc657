import { bootstrapOf, type Plan } from '../model.ts';

/** Who opens a connection, or takes it. */
export type Party =
  | 'nodes'
  | 'masters'
  | 'bootstrap'
  | 'ingress'
  | 'bastion'
  | 'balancer'
  | 'registry'
  | 'timeServers'
  | 'clients';

export type PortPurpose =
  | 'dns'
  | 'api'
  | 'machineConfig'
  | 'http'
  | 'https'
  | 'files'
  | 'registry'
  | 'etcd'
  | 'hostServices'
  | 'kubernetes'
  | 'routerMeasures'
  | 'vxlan'
  | 'geneve'
  | 'ipsecKeys'
  | 'nodePorts'
  | 'esp'
  | 'ssh'
  | 'time';

/** One opening in the firewall; `ports` is a port or a range, empty for a protocol without ports. */
export interface Opening {
  readonly from: Party;
  readonly to: Party;
  readonly protocol: 'tcp' | 'udp' | 'esp';
  readonly ports: string;
  readonly purpose: PortPurpose;
}

/** What must get through between the machines of a plan (openshift-docs, modules/installation-network-user-infra.adoc). */
export function portsOf(plan: Plan): readonly Opening[] {
  const { filesPort, serves } = plan.bastion;
  const opening = (
    from: Party,
    to: Party,
    protocol: Opening['protocol'],
    ports: number | string,
    purpose: PortPurpose,
  ): Opening => ({ from, to, protocol, ports: String(ports), purpose });
  const dns = serves.dns === 'external' ? [] : (['tcp', 'udp'] as const);
  const overlay =
    plan.networks.type === 'OpenShiftSDN'
      ? [opening('nodes', 'nodes', 'udp', 4789, 'vxlan')]
      : [
          opening('nodes', 'nodes', 'udp', 6081, 'geneve'),
          opening('nodes', 'nodes', 'udp', '500, 4500', 'ipsecKeys'),
          opening('nodes', 'nodes', 'esp', '', 'esp'),
        ];
  // Until bootstrap is complete it has the first API, and a member of etcd.
  const first = bootstrapOf(plan)
    ? [
        opening('balancer', 'bootstrap', 'tcp', '6443, 22623', 'api'),
        opening('masters', 'bootstrap', 'tcp', '2379-2380', 'etcd'),
        opening('bootstrap', 'masters', 'tcp', '2379-2380', 'etcd'),
      ]
    : [];
  return [
    ...dns.map((protocol) => opening('nodes', 'bastion', protocol, 53, 'dns')),
    ...(serves.files === 'external' ? [] : [opening('nodes', 'bastion', 'tcp', filesPort, 'files')]),
    opening('nodes', 'registry', 'tcp', plan.registry.port, 'registry'),
    opening('bastion', 'registry', 'tcp', plan.registry.port, 'registry'),
    opening('bastion', 'nodes', 'tcp', 22, 'ssh'),
    opening('nodes', 'balancer', 'tcp', 6443, 'api'),
    opening('clients', 'balancer', 'tcp', 6443, 'api'),
    opening('nodes', 'balancer', 'tcp', 22623, 'machineConfig'),
    opening('nodes', 'balancer', 'tcp', 80, 'http'),
    opening('clients', 'balancer', 'tcp', 80, 'http'),
    opening('nodes', 'balancer', 'tcp', 443, 'https'),
    opening('clients', 'balancer', 'tcp', 443, 'https'),
    opening('balancer', 'masters', 'tcp', '6443, 22623', 'api'),
    ...first,
    opening('balancer', 'ingress', 'tcp', '80, 443', 'https'),
    opening('nodes', 'masters', 'tcp', 6443, 'api'),
    opening('masters', 'masters', 'tcp', '2379-2380', 'etcd'),
    opening('nodes', 'nodes', 'tcp', 1936, 'routerMeasures'),
    opening('nodes', 'nodes', 'tcp', '9000-9999', 'hostServices'),
    opening('nodes', 'nodes', 'udp', '9000-9999', 'hostServices'),
    opening('nodes', 'nodes', 'tcp', '10250-10259', 'kubernetes'),
    ...overlay,
    opening('nodes', 'nodes', 'tcp', '30000-32767', 'nodePorts'),
    opening('nodes', 'nodes', 'udp', '30000-32767', 'nodePorts'),
    ...(plan.timeServers.length > 0 ? [opening('nodes', 'timeServers', 'udp', 123, 'time')] : []),
  ];
}
