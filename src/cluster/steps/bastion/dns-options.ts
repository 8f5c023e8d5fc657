import type { DnsServerOptions, RecordInput, ZoneInput } from '../../../services/dns/index.ts';
import { type DnsRecord, type DnsZone, type Plan, recordsOf } from '../../plan/index.ts';

const dnsPort = 53;
/** Whoever stands in a private network may ask besides the nodes: engineers at their desks open the console by name. */
const privateNetworks = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** The DNS server of a plan: its zones, and everything else asked of the plan's upstreams, for private networks only. */
export function dnsOptionsOf(
  plan: Plan,
): Pick<DnsServerOptions, 'zones' | 'forward' | 'listen' | 'allowedClients'> {
  const { upstream } = plan.dns;
  return {
    zones: recordsOf(plan).zones.map(zoneInputOf),
    forward: upstream.length > 0 ? [{ name: '.', upstreams: upstream }] : [],
    listen: [{ host: plan.bastion.address, port: dnsPort }],
    allowedClients: [...new Set([plan.networks.machine, ...privateNetworks])],
  };
}

function zoneInputOf({ name, records }: DnsZone): ZoneInput {
  const soa = records.find((record) => record.type === 'SOA');
  if (soa?.type !== 'SOA') throw new TypeError(`Zone "${name}" has no SOA record`);
  return {
    name,
    soa: {
      primary: soa.primary,
      contact: soa.mailbox,
      serial: soa.serial,
      refreshSeconds: soa.refreshSeconds,
      retrySeconds: soa.retrySeconds,
      expireSeconds: soa.expireSeconds,
      negativeTtlSeconds: soa.negativeSeconds,
      ttlSeconds: soa.ttlSeconds,
    },
    ns: records.flatMap((record) => (record.type === 'NS' && record.name === name ? [record.target] : [])),
    records: records.flatMap((record) => recordInputOf(record, name)),
  };
}

function recordInputOf(record: DnsRecord, zone: string): readonly RecordInput[] {
  const base = { name: `${record.name}.`, ttlSeconds: record.ttlSeconds };
  switch (record.type) {
    case 'A':
      return [{ ...base, type: 'A', data: record.address }];
    case 'PTR':
      return [{ ...base, type: 'PTR', data: record.target }];
    case 'SRV': {
      const { priority, weight, port, target } = record;
      return [{ ...base, type: 'SRV', data: { priority, weight, port, target } }];
    }
    case 'NS':
      return record.name === zone ? [] : [{ ...base, type: 'NS', data: record.target }];
    case 'SOA':
      return [];
  }
}
