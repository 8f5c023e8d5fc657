import type { Plan } from '../model.ts';
import type { DnsRecord, NamedAddress } from './dns-record.ts';

/** The name that an address is asked backward by, `250.45.225.10.in-addr.arpa`. */
export const reverseNameOf = (address: string): string =>
  `${address.split('.').reverse().join('.')}.in-addr.arpa`;

/** The PTR records of the names, in one zone for each /24 that has any, sorted by name of the zone. */
export function reverseZones(
  plan: Plan,
  names: readonly NamedAddress[],
): readonly { readonly name: string; readonly records: readonly DnsRecord[] }[] {
  const zones = new Map<string, Map<string, DnsRecord>>();
  for (const { name: target, address } of names) {
    const name = reverseNameOf(address);
    const zone = name.slice(name.indexOf('.') + 1);
    const records = zones.get(zone) ?? new Map<string, DnsRecord>();
    records.set(`${name} ${target}`, { name, ttlSeconds: plan.dns.ttlSeconds, type: 'PTR', target });
    zones.set(zone, records);
  }
  return [...zones]
    .map(([name, records]) => ({ name, records: [...records.values()] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
