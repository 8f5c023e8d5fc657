import { types } from './codes.ts';
import { readName, type WireName } from './name.ts';

/** The data of one record: bytes (latin1), then names that may be compressed, then bytes. */
export interface Rdata {
  readonly head: string;
  readonly names: readonly WireName[];
  readonly tail: string;
}

/** All records of one name and type. */
export interface RecordSet {
  readonly owner: WireName;
  readonly type: number;
  readonly ttlSeconds: number;
  readonly rdatas: readonly Rdata[];
}

export const bytesOnly = (head: string): Rdata => ({ head, names: [], tail: '' });

/** How many bytes and names the data begins with; the types whose names others may have compressed (RFC 3597 section 4). */
const layouts = new Map<number, { readonly head: number; readonly names: number; readonly tail: number }>([
  [types.NS, { head: 0, names: 1, tail: 0 }],
  [types.CNAME, { head: 0, names: 1, tail: 0 }],
  [types.PTR, { head: 0, names: 1, tail: 0 }],
  [types.DNAME, { head: 0, names: 1, tail: 0 }],
  [types.MX, { head: 2, names: 1, tail: 0 }],
  [types.SRV, { head: 6, names: 1, tail: 0 }],
  [types.SOA, { head: 0, names: 2, tail: 20 }],
]);

/** Reads the data of a record out of a packet, with its names written out; undefined where it is malformed. */
export function readRdata(packet: Buffer, type: number, from: number, length: number): Rdata | undefined {
  const end = from + length;
  if ((type === types.A && length !== 4) || (type === types.AAAA && length !== 16)) return undefined;
  const layout = layouts.get(type);
  if (!layout) return bytesOnly(packet.toString('latin1', from, end));
  let at = from + layout.head;
  const names: WireName[] = [];
  for (let i = 0; i < layout.names; i++) {
    const read = readName(packet, at);
    if (!read || read.end > end) return undefined;
    names.push(read.name);
    at = read.end;
  }
  if (at + layout.tail !== end) return undefined;
  const head = packet.toString('latin1', from, from + layout.head);
  // The target of a SRV record is never compressed (RFC 2782).
  if (type === types.SRV) return bytesOnly(head + names[0]);
  return { head, names, tail: packet.toString('latin1', at, end) };
}
