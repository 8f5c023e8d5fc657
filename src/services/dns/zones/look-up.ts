import { rcodes, types } from '../wire/codes.ts';
import { foldCase, parentOf, type WireName } from '../wire/name.ts';
import type { Question } from '../wire/query.ts';
import type { RecordSet } from '../wire/records.ts';
import type { Answer } from '../wire/write-answer.ts';
import type { Zone, ZoneNode, Zones } from './zone.ts';

const longestChain = 16;

/** An answer out of the zones; `next` is an alias's target that no zone of ours has. */
export interface ZoneAnswer extends Answer {
  readonly next?: WireName;
}

/** The nearest zone that a folded name is in. */
export function zoneFor(zones: Zones, key: WireName): Zone | undefined {
  for (let at = key; ; at = parentOf(at)) {
    const zone = zones.get(at);
    if (zone || at.length === 1) return zone;
  }
}

/** Answers a question out of the zone that its name is in (RFC 1034 section 4.3.2 with RFC 4592), following aliases. */
export function lookUp(zones: Zones, zone: Zone, question: Question): ZoneAnswer {
  const answer: RecordSet[] = [];
  const seen = new Set<WireName>();
  let at: Zone | undefined = zone;
  let name = question.name;
  let authoritative = true;
  for (let i = 0; i < longestChain; i++) {
    const key = foldCase(name);
    if (seen.has(key)) break;
    seen.add(key);
    at = i === 0 ? zone : zoneFor(zones, key);
    if (!at) return { ...said(rcodes.NOERROR, authoritative, answer), next: name };
    const found = find(at, key, question.type);
    if (found.kind === 'missing') return said(rcodes.NXDOMAIN, authoritative, answer, [at.negativeSoa]);
    if (found.kind === 'cut') {
      // Only what the zone itself says is said with authority; behind an alias the first name decides (RFC 1034 section 6.2.7).
      if (i === 0) authoritative = false;
      return {
        ...said(rcodes.NOERROR, authoritative, answer, [found.set]),
        additional: addressesFor(zones, [found.set]),
      };
    }
    const sets = chosen(found.node, question.type).map((set) =>
      found.isWildcard ? { ...set, owner: name } : set,
    );
    answer.push(...sets);
    const alias =
      sets[0]?.type === types.CNAME && question.type !== types.CNAME && question.type !== types.ANY;
    if (!alias) {
      if (sets.length === 0) return said(rcodes.NOERROR, authoritative, answer, [at.negativeSoa]);
      return { ...said(rcodes.NOERROR, authoritative, answer), additional: addressesFor(zones, sets) };
    }
    name = sets[0]!.rdatas[0]!.names[0]!;
  }
  return said(rcodes.NOERROR, authoritative, answer);
}

function said(
  rcode: number,
  authoritative: boolean,
  answer: readonly RecordSet[],
  authority: readonly RecordSet[] = [],
): Answer {
  return { rcode, authoritative, answer, authority, additional: [] };
}

type Found =
  | { readonly kind: 'missing' }
  | { readonly kind: 'cut'; readonly set: RecordSet }
  | { readonly kind: 'node'; readonly node: ZoneNode; readonly isWildcard: boolean };

function find(zone: Zone, key: WireName, type?: number): Found {
  const cut = cutAbove(zone, key, type);
  if (cut) return { kind: 'cut', set: cut };
  const node = zone.nodes.get(key);
  if (node) return { kind: 'node', node, isWildcard: false };
  let encloser = parentOf(key);
  while (!zone.nodes.has(encloser)) encloser = parentOf(encloser);
  const wildcard = zone.nodes.get(`\x01*${encloser}`);
  return wildcard ? { kind: 'node', node: wildcard, isWildcard: true } : { kind: 'missing' };
}

/** The highest delegation at or above the name: whatever stands below it is not ours to say. */
function cutAbove(zone: Zone, key: WireName, type?: number): RecordSet | undefined {
  let cut: RecordSet | undefined;
  for (let at = key; at.length > zone.apex.length; at = parentOf(at)) {
    const set = zone.nodes.get(at)?.sets.get(types.NS);
    // The DS of a delegation belongs to the zone above it (RFC 4035 section 3.1.4.1).
    if (set && !(at === key && type === types.DS)) cut = set;
  }
  return cut;
}

/** The sets of a node that answer a type; one of them for ANY, as small as may be (RFC 8482 section 4.1). */
function chosen({ sets }: ZoneNode, type: number): readonly RecordSet[] {
  if (type === types.ANY) return [...sets.values()].slice(0, 1);
  const set = sets.get(type) ?? sets.get(types.CNAME);
  return set ? [set] : [];
}

/** The addresses of the hosts that SRV and NS records name, as far as our zones have them. */
function addressesFor(zones: Zones, sets: readonly RecordSet[]): readonly RecordSet[] {
  const additional = new Map<string, RecordSet>();
  for (const target of sets.flatMap(targetsIn)) {
    const key = foldCase(target);
    const zone = zoneFor(zones, key);
    const node = zone && (zone.nodes.get(key) ?? nodeOf(find(zone, key)));
    for (const type of [types.A, types.AAAA]) {
      const set = node?.sets.get(type);
      if (set) additional.set(`${key}${type}`, { ...set, owner: target });
    }
  }
  return [...additional.values()];
}

const nodeOf = (found: Found) => (found.kind === 'node' ? found.node : undefined);

function targetsIn({ type, rdatas }: RecordSet): readonly WireName[] {
  if (type === types.SRV) return rdatas.map(({ head }) => head.slice(6));
  if (type === types.NS) return rdatas.flatMap(({ names }) => names);
  return [];
}
