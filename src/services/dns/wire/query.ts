import { rcodes, types } from './codes.ts';
import { foldCase, maxNameBytes, type WireName } from './name.ts';

/** What a query says about EDNS (RFC 6891). */
export interface Edns {
  /** The largest answer that the client takes over UDP, bytes; at least 512. */
  readonly udpBytes: number;
  readonly version: number;
  /** DNSSEC OK, which is given back as it came. */
  readonly wantsDnssec: boolean;
  readonly hasOptions: boolean;
}

export interface Question {
  /** As it was asked: the answer repeats its case. */
  readonly name: WireName;
  /** The name in lower case, for look-ups. */
  readonly key: WireName;
  readonly type: number;
  readonly class: number;
}

/** A query as far as it was understood. `rcode` is set where it can only be answered with an error. */
export interface Query {
  readonly id: number;
  readonly opcode: number;
  readonly recursionDesired: boolean;
  readonly checkingDisabled: boolean;
  readonly question?: Question;
  readonly edns?: Edns;
  readonly rcode?: number;
}

/** Reads a query; undefined for what gets no answer at all: less than a header, or an answer (so that two servers cannot loop). */
export function readQuery(packet: Buffer): Query | undefined {
  if (packet.length < 12) return undefined;
  const high = packet[2]!;
  if (high & 0x80) return undefined;
  const header = {
    id: packet.readUInt16BE(0),
    opcode: (high >> 3) & 15,
    recursionDesired: (high & 1) === 1,
    checkingDisabled: (packet[3]! & 0x10) !== 0,
  };
  if (header.opcode !== 0) return { ...header, rcode: rcodes.NOTIMP };
  if (packet.readUInt16BE(4) !== 1) return { ...header, rcode: rcodes.FORMERR };
  const end = endOfPlainName(packet, 12);
  if (end === undefined || end + 4 > packet.length) return { ...header, rcode: rcodes.FORMERR };
  const name = packet.toString('latin1', 12, end);
  const question: Question = {
    name,
    key: foldCase(name),
    type: packet.readUInt16BE(end),
    class: packet.readUInt16BE(end + 2),
  };
  const edns = readEdns(packet, end + 4);
  if (edns === 'malformed' || question.type === types.OPT) {
    return { ...header, question, rcode: rcodes.FORMERR };
  }
  return { ...header, question, ...(edns && { edns, ...(edns.version > 0 && { rcode: rcodes.BADVERS }) }) };
}

/** Where a name without pointers ends; in a question nothing stands before it that one could point to. */
function endOfPlainName(packet: Buffer, from: number): number | undefined {
  for (let at = from; at < packet.length && at - from < maxNameBytes; ) {
    const length = packet[at]!;
    if (length === 0) return at + 1;
    if (length >= 64) return undefined;
    at += 1 + length;
  }
  return undefined;
}

/** Skips the other records of a query, whatever they are, and finds the one that speaks of EDNS. */
function readEdns(packet: Buffer, from: number): Edns | undefined | 'malformed' {
  const before = packet.readUInt16BE(6) + packet.readUInt16BE(8);
  const count = before + packet.readUInt16BE(10);
  let at = from;
  let edns: Edns | undefined;
  // Each turn takes at least eleven bytes, so that the size of the packet bounds it and not the counts that it claims.
  for (let i = 0; i < count; i++) {
    const start = at;
    while (at < packet.length && packet[at]! > 0 && packet[at]! < 64) at += 1 + packet[at]!;
    at += at < packet.length && packet[at]! >= 192 ? 2 : 1;
    if (at + 10 > packet.length) return 'malformed';
    const length = packet.readUInt16BE(at + 8);
    if (at + 10 + length > packet.length) return 'malformed';
    if (packet.readUInt16BE(at) === types.OPT) {
      if (edns || i < before || packet[start] !== 0 || !areOptionsSound(packet, at + 10, length)) {
        return 'malformed';
      }
      edns = {
        udpBytes: Math.max(512, packet.readUInt16BE(at + 2)),
        version: packet[at + 5]!,
        wantsDnssec: (packet[at + 6]! & 0x80) !== 0,
        hasOptions: length > 0,
      };
    }
    at += 10 + length;
  }
  return at === packet.length ? edns : 'malformed';
}

function areOptionsSound(packet: Buffer, from: number, length: number): boolean {
  let at = from;
  while (at + 4 <= from + length) at += 4 + packet.readUInt16BE(at + 2);
  return at === from + length;
}
