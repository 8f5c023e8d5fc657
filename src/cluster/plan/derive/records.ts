import { digestOf, splitDigest } from '../../../kernel/index.ts';
import { atLeast, hostOf, mastersOf, type Plan, zoneOf } from '../model.ts';
import type { DnsFacts, DnsRecord, DnsZone, NamedAddress, RecordData } from './dns-record.ts';
import { bastionHostOf, installsOf } from './machines.ts';
import { reverseZones } from './reverse-zones.ts';

/** The service that a member of etcd is found by up to 4.3; 0, 10 and 2380 stand in the documentation of OpenShift. */
const etcdService = { label: '_etcd-server-ssl._tcp', priority: 0, weight: 10, port: 2380 };

/**
 * Every DNS record that a plan asks for, as zones; nothing is said twice.
 *
 * etcd-N and their SRV records are needed up to 4.3 (openshift-docs, modules/installation-dns-user-infra.adoc). They are
 * written up to 4.5, as the reference does, and harmless there; from 4.6 nobody asks, and a record that nobody needs can only
 * be wrong.
 */
export function recordsOf(plan: Plan): DnsFacts {
  const zone = zoneOf(plan);
  const { registry } = plan;
  const place = placeOf(registry.host, zone);
  const inZone = place === 'inside' ? [{ name: registry.host, address: registry.address }] : [];
  const forward = unique([...namesOf(plan), ...inZone, ...wildcardOf(plan)].map(addressRecord(plan)));
  const srv = hasEtcdRecords(plan) ? mastersOf(plan).map((_, index) => etcdRecord(plan, index)) : [];
  return {
    zones: [
      zoneWith(plan, zone, 'cluster', [...forward, ...srv]),
      ...(place === 'beside'
        ? [
            zoneWith(plan, registry.host, 'registry', [
              addressRecord(plan)({ name: registry.host, address: registry.address }),
            ]),
          ]
        : []),
      ...reverseZones(plan, [...reversible(plan), ...inZone]).map(({ name, records }) =>
        zoneWith(plan, name, 'reverse', records),
      ),
    ],
    omitted:
      place === 'above' ? [{ name: registry.host, address: registry.address, reason: 'aboveTheZone' }] : [],
  };
}

/** True where the version asks for etcd-N and SRV records, see `recordsOf`. */
export const hasEtcdRecords = (plan: Plan): boolean => !atLeast(plan.cluster.version, 4, 6);

/** Inside the cluster's zone, a zone of its own beside it, or above it, where a zone would hide the neighbours. */
function placeOf(host: string, zone: string): 'inside' | 'beside' | 'above' {
  if (host === zone || host.endsWith(`.${zone}`)) return 'inside';
  return zone.endsWith(`.${host}`) ? 'above' : 'beside';
}

/** The names of the cluster's zone in the order of the reference: the API, etcd, the nodes, then the bastion. */
function namesOf(plan: Plan): readonly NamedAddress[] {
  const etcd = hasEtcdRecords(plan)
    ? mastersOf(plan).map(({ address }, index) => ({ name: hostOf(plan, `etcd-${index}`), address }))
    : [];
  return [...apiOf(plan), ...etcd, ...nodeNames(plan), bastionOf(plan)];
}

/** What the documentation asks to be found backward too, and the bastion, which is its own name server. */
function reversible(plan: Plan): readonly NamedAddress[] {
  return [...apiOf(plan), ...nodeNames(plan), bastionOf(plan)];
}

function apiOf(plan: Plan): readonly NamedAddress[] {
  return ['api', 'api-int'].map((name) => ({ name: hostOf(plan, name), address: plan.balancer.apiAddress }));
}

function nodeNames(plan: Plan): readonly NamedAddress[] {
  return installsOf(plan).map(({ name, address }) => ({ name: hostOf(plan, name), address }));
}

function bastionOf(plan: Plan): NamedAddress {
  return { name: bastionHostOf(plan), address: plan.bastion.address };
}

/** A wildcard does not answer for the name below which it stands, which the reference answers too. */
function wildcardOf(plan: Plan): readonly NamedAddress[] {
  return ['apps', '*.apps'].map((name) => ({
    name: hostOf(plan, name),
    address: plan.balancer.ingressAddress,
  }));
}

const addressRecord =
  (plan: Plan) =>
  ({ name, address }: NamedAddress): DnsRecord => ({
    name,
    ttlSeconds: plan.dns.ttlSeconds,
    type: 'A',
    address,
  });

function etcdRecord(plan: Plan, index: number): DnsRecord {
  const { label, priority, weight, port } = etcdService;
  return {
    name: hostOf(plan, label),
    ttlSeconds: plan.dns.ttlSeconds,
    type: 'SRV',
    priority,
    weight,
    port,
    target: hostOf(plan, `etcd-${index}`),
  };
}

function zoneWith(plan: Plan, name: string, kind: DnsZone['kind'], own: readonly DnsRecord[]): DnsZone {
  const { ttlSeconds } = plan.dns;
  const primary = bastionHostOf(plan);
  const apex = (data: RecordData): DnsRecord => ({ name, ttlSeconds, ...data });
  const records = [apex({ type: 'NS', target: primary }), ...own];
  const soa = apex({
    type: 'SOA',
    primary,
    mailbox: `hostmaster.${zoneOf(plan)}`,
    serial: serialOf(records),
    refreshSeconds: 3600,
    retrySeconds: 600,
    expireSeconds: 604_800,
    negativeSeconds: ttlSeconds,
  });
  return { name, kind, records: [soa, ...records] };
}

/** A number that changes whenever the records do, since a plan has no clock; servers refuse changes under an old serial. */
function serialOf(records: readonly DnsRecord[]): number {
  const { hex } = splitDigest(digestOf(JSON.stringify(records)));
  return (Number.parseInt(hex.slice(0, 8), 16) % 0x7fffffff) + 1;
}

/** Without those that say the same again, as where the registry stands on the bastion under its name. */
function unique(records: readonly DnsRecord[]): readonly DnsRecord[] {
  return [...new Map(records.map((record) => [JSON.stringify(record), record])).values()];
}
