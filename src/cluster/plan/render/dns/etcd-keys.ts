import type { DnsRecord } from '../../derive/dns-record.ts';
import { recordsOf } from '../../derive/records.ts';
import { type Plan, zoneOf } from '../../model.ts';
import { jsonText } from '../formats/data.ts';
import { fileText } from '../formats/format.ts';
import { shell } from '../formats/formats.ts';

/** What CoreDNS's plugin `etcd` reads under a key, as SkyDNS defined it. */
export interface EtcdValue {
  readonly host: string;
  readonly ttl: number;
  readonly priority?: number;
  readonly weight?: number;
  readonly port?: number;
}

/**
 * The keys of the cluster's zone for CoreDNS with etcd. Wildcard and reverse zones are not among them: of `apps` the Corefile
 * answers, and the plugin gives one name at most for an address, so that the reverse zones are served from their files.
 */
export function etcdKeysOf(plan: Plan): Readonly<Record<string, EtcdValue>> {
  const zone = zoneOf(plan);
  const keys: Record<string, EtcdValue> = {};
  const services = new Map<string, number>();
  for (const record of recordsOf(plan).zones[0]!.records) {
    const { name, ttlSeconds: ttl } = record;
    if (record.type === 'A' && !isOfApps(record, zone)) keys[keyOf(name)] = { host: record.address, ttl };
    if (record.type !== 'SRV') continue;
    const { target, priority, weight, port } = record;
    const at = (services.get(name) ?? 0) + 1;
    services.set(name, at);
    keys[`${keyOf(name)}/x${at}`] = { host: target, ttl, priority, weight, port };
  }
  return keys;
}

/** The keys as JSON, for whoever loads them by other means. */
export const etcdKeysText = (plan: Plan): string => jsonText(etcdKeysOf(plan));

/** A script that makes the keys of the zone those of the plan. */
export function etcdLoadText(plan: Plan): string {
  const puts = Object.entries(etcdKeysOf(plan)).map(
    ([key, value]) => shell`$etcdctl put ${key} ${JSON.stringify(value)}`,
  );
  return fileText(shell`
    #!/bin/sh
    # Makes the names of the cluster in etcd those of the plan; names that the plan no longer has go.
    # ETCDCTL is how etcdctl is run where it is not in the PATH, for example "docker compose exec -T etcd etcdctl".
    set -eu
    export ETCDCTL_API=3
    etcdctl=$\{ETCDCTL:-etcdctl}
    $etcdctl del --prefix ${`${keyOf(zoneOf(plan))}/`}
    ${puts}
  `);
}

/** As CoreDNS finds a name: its labels backward below the path. */
const keyOf = (name: string): string => `/skydns/${name.split('.').reverse().join('/')}`;

const isOfApps = ({ name }: DnsRecord, zone: string): boolean =>
  name === `apps.${zone}` || name === `*.apps.${zone}`;
