import { types } from '../wire/codes.ts';
import { foldCase, readName, textOf } from '../wire/name.ts';
import { readRdata } from '../wire/records.ts';

export interface QueryFields {
  readonly id?: number;
  readonly type?: number;
  readonly class?: number;
  readonly flags?: number;
  /** With EDNS of this version and size. */
  readonly edns?: { readonly bytes?: number; readonly version?: number; readonly wantsDnssec?: boolean };
}

/** A name on the wire, whatever its labels hold. */
export const nameBytes = (name: string): Buffer =>
  Buffer.from(
    `${name
      .split('.')
      .map((it) => String.fromCharCode(it.length) + it)
      .join('')}\0`,
    'latin1',
  );

/** The packet of a query, as a client writes it; a name that ends with a zero byte is taken as it stands on the wire. */
export function queryFor(name: string, fields: QueryFields = {}): Buffer {
  const { id = 1, type = types.A, class: klass = 1, flags = 0x0100, edns } = fields;
  const wire = name.endsWith('\0') ? Buffer.from(name, 'latin1') : nameBytes(name);
  const shorts = (...values: number[]) => Buffer.from(values.flatMap((it) => [it >> 8, it & 255]));
  const parts = [shorts(id, flags, 1, 0, 0, edns ? 1 : 0), wire, shorts(type, klass)];
  if (edns) {
    const { bytes = 1232, version = 0, wantsDnssec = false } = edns;
    parts.push(Buffer.from([0]), shorts(types.OPT, bytes, version, wantsDnssec ? 0x8000 : 0, 0));
  }
  return Buffer.concat(parts);
}

export interface ShownRecord {
  readonly section: 'answer' | 'authority' | 'additional';
  readonly text: string;
}

/** An answer for people and for comparison: the header, and each record as one line. */
export function shown(packet: Buffer) {
  const flags = packet.readUInt16BE(2);
  const counts = [4, 6, 8, 10].map((at) => packet.readUInt16BE(at));
  let at = 12;
  let question = '';
  for (let i = 0; i < counts[0]!; i++) {
    const name = readName(packet, at)!;
    question = textOf(name.name);
    at = name.end + 4;
  }
  const records: ShownRecord[] = [];
  let extended = 0;
  let edns: { bytes: number; version: number; wantsDnssec: boolean } | undefined;
  for (const [i, section] of (['answer', 'authority', 'additional'] as const).entries()) {
    for (let k = 0; k < counts[i + 1]!; k++) {
      const owner = readName(packet, at)!;
      const type = packet.readUInt16BE(owner.end);
      const ttl = packet.readUInt32BE(owner.end + 4);
      const length = packet.readUInt16BE(owner.end + 8);
      at = owner.end + 10 + length;
      if (type === types.OPT) {
        extended = ttl >>> 24;
        const bytes = packet.readUInt16BE(owner.end + 2);
        edns = { bytes, version: (ttl >>> 16) & 255, wantsDnssec: (ttl & 0x8000) !== 0 };
        continue;
      }
      const { head, names, tail } = readRdata(packet, type, owner.end + 10, length)!;
      const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex');
      const data = [hex(head), ...names.map((name) => textOf(foldCase(name))), hex(tail)]
        .filter(Boolean)
        .join(' ');
      records.push({ section, text: `${textOf(owner.name)} ${ttl} ${type} ${data}` });
    }
  }
  const of = (section: ShownRecord['section']) =>
    records.filter((it) => it.section === section).map((it) => it.text);
  return {
    id: packet.readUInt16BE(0),
    rcode: (extended << 4) | (flags & 15),
    authoritative: (flags & 0x400) !== 0,
    truncated: (flags & 0x200) !== 0,
    recursionDesired: (flags & 0x100) !== 0,
    recursionAvailable: (flags & 0x80) !== 0,
    question,
    answer: of('answer'),
    authority: of('authority'),
    additional: of('additional'),
    edns,
    end: at,
  };
}
