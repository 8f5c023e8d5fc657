import { dnsErrors } from '../errors.ts';
import type { RecordInput, SoaInput, ZoneInput } from '../types.ts';
import { types } from '../wire/codes.ts';
import { foldCase, isAtOrBelow, maxNameBytes, parentOf, type WireName, wireOf } from '../wire/name.ts';
import type { Rdata, RecordSet } from '../wire/records.ts';
import { checkNumber, longOf, nameOnly, parseData, targetOf, typeOf } from './parse-data.ts';
import type { Zone, ZoneNode, Zones } from './zone.ts';

const highestTtl = 2 ** 31 - 1;

/** Checks zones and makes them ready; throws on the first thing that cannot be served. */
export function parseZones(inputs: readonly ZoneInput[]): Zones {
  const zones = new Map<WireName, Zone>();
  for (const input of inputs) {
    const zone = parseZone(input);
    if (zones.has(zone.apex)) throw dnsErrors.zoneTwice({ zone: input.name });
    zones.set(zone.apex, zone);
  }
  return zones;
}

function parseZone(input: ZoneInput): Zone {
  const apexName = input.name.startsWith('*') ? undefined : wireOf(input.name);
  if (apexName === undefined) throw dnsErrors.badZoneName({ name: input.name });
  const apex = foldCase(apexName);
  const zone = new Growing(input.name, apexName);
  if (input.ns.length === 0) throw dnsErrors.noNameServer({ zone: input.name });
  const soa = soaOf(input.name, input.soa);
  zone.add(apexName, types.SOA, soa.ttlSeconds, soa.rdata);
  for (const server of input.ns) {
    zone.add(apexName, types.NS, soa.ttlSeconds, nameOnly(targetOf(server, input.name)));
  }
  for (const record of input.records) zone.addRecord(record);
  zone.checkAliases();
  return {
    apex,
    nodes: zone.nodes,
    negativeSoa: {
      owner: apexName,
      type: types.SOA,
      ttlSeconds: Math.min(soa.ttlSeconds, soa.negativeTtlSeconds),
      rdatas: [soa.rdata],
    },
  };
}

class Growing {
  readonly nodes = new Map<WireName, ZoneNode>();
  readonly #title: string;
  readonly #apexName: WireName;
  readonly #apex: WireName;

  constructor(title: string, apexName: WireName) {
    this.#title = title;
    this.#apexName = apexName;
    this.#apex = foldCase(apexName);
    this.nodes.set(this.#apex, { sets: new Map() });
  }

  addRecord(record: RecordInput): void {
    const name = this.#nameOf(record.name);
    const { ttlSeconds } = record;
    checkNumber({
      zone: this.#title,
      name: record.name,
      field: 'ttlSeconds',
      value: ttlSeconds,
      highest: highestTtl,
    });
    this.add(name, typeOf(record), ttlSeconds, parseData(record, this.#title));
  }

  /** Adds one record; one that is there already is left out, and a set has the least TTL of its records (RFC 2181). */
  add(owner: WireName, type: number, ttlSeconds: number, rdata: Rdata): void {
    const { sets } = this.#nodeOf(foldCase(owner));
    const old = sets.get(type);
    const isThere = old?.rdatas.some((it) => identityOf(it) === identityOf(rdata));
    sets.set(type, {
      owner,
      type,
      ttlSeconds: Math.min(ttlSeconds, old?.ttlSeconds ?? ttlSeconds),
      rdatas: isThere ? old!.rdatas : [...(old?.rdatas ?? []), rdata],
    });
  }

  checkAliases(): void {
    for (const { sets } of this.nodes.values()) {
      const alias = sets.get(types.CNAME);
      if (!alias || (sets.size === 1 && alias.rdatas.length === 1)) continue;
      throw dnsErrors.aliasWithData({ name: this.#textOf(alias), zone: this.#title });
    }
  }

  /** The node of a name; those between it and the zone come with it. */
  #nodeOf(key: WireName): ZoneNode {
    const found = this.nodes.get(key);
    if (found) return found;
    this.#nodeOf(parentOf(key));
    const node: ZoneNode = { sets: new Map() };
    this.nodes.set(key, node);
    return node;
  }

  #nameOf(text: string): WireName {
    if (text === '@') return this.#apexName;
    const wire = wireOf(text);
    if (wire === undefined || text === '.') throw dnsErrors.badName({ name: text, zone: this.#title });
    const name = text.endsWith('.') ? wire : wire.slice(0, -1) + this.#apexName;
    if (name.length > maxNameBytes) throw dnsErrors.badName({ name: text, zone: this.#title });
    if (!isAtOrBelow(foldCase(name), this.#apex))
      throw dnsErrors.outsideZone({ name: text, zone: this.#title });
    return name;
  }

  #textOf({ owner }: RecordSet): string {
    return owner.slice(1, 1 + owner.charCodeAt(0));
  }
}

const identityOf = ({ head, names, tail }: Rdata) => `${head}|${names.map(foldCase).join('')}|${tail}`;

function soaOf(zone: string, soa: SoaInput) {
  const names = [targetOf(soa.primary, zone), targetOf(soa.contact, zone)];
  const { refreshSeconds = 7200, retrySeconds = 900, expireSeconds = 1_209_600 } = soa;
  const { negativeTtlSeconds = 60, ttlSeconds = 3600, serial } = soa;
  checkNumber({ zone, name: '@', field: 'serial', value: serial, highest: 2 ** 32 - 1 });
  const times = { refreshSeconds, retrySeconds, expireSeconds, negativeTtlSeconds, ttlSeconds };
  for (const [field, value] of Object.entries(times)) {
    checkNumber({ zone, name: '@', field, value, highest: highestTtl });
  }
  const numbers = [serial, refreshSeconds, retrySeconds, expireSeconds, negativeTtlSeconds];
  const rdata: Rdata = { head: '', names, tail: numbers.map(longOf).join('') };
  return { ttlSeconds, negativeTtlSeconds, rdata };
}
