import type { WireName } from '../wire/name.ts';
import type { RecordSet } from '../wire/records.ts';

/** What stands at one name; a node without sets is there because something stands below it (RFC 4592 section 2.2.2). */
export interface ZoneNode {
  readonly sets: Map<number, RecordSet>;
}

/** A zone ready to be asked; its keys are folded names. */
export interface Zone {
  readonly apex: WireName;
  readonly nodes: ReadonlyMap<WireName, ZoneNode>;
  /** The SOA as it goes with "there is no such thing", with the TTL of RFC 2308 section 5. */
  readonly negativeSoa: RecordSet;
}

export type Zones = ReadonlyMap<WireName, Zone>;
