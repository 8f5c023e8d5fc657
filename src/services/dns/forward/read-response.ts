import { classIn, rcodes, types } from '../wire/codes.ts';
import { foldCase, isAtOrBelow, readName, type WireName } from '../wire/name.ts';
import type { Question } from '../wire/query.ts';
import { type Rdata, type RecordSet, readRdata } from '../wire/records.ts';
import type { Answer } from '../wire/write-answer.ts';

/** What an upstream said: an answer, that it was cut, or that this upstream cannot help. */
export type Response =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly ttlSeconds: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'failure'; readonly rcode: number };

interface Record {
  readonly key: WireName;
  readonly owner: WireName;
  readonly type: number;
  readonly ttlSeconds: number;
  readonly rdata: Rdata;
}

const longestChain = 16;
const mostRecords = 2000;

/**
 * Reads what came back for a question; undefined for what is no answer to it (another id, name, type or class). Only the
 * chain of aliases from the question, its records and the SOA of a negative answer are taken; the rest of what an upstream
 * says is not believed.
 */
export function readResponse(packet: Buffer, id: number, question: Question): Response | undefined {
  if (packet.length < 12 || packet.readUInt16BE(0) !== id) return undefined;
  const high = packet[2]!;
  if ((high & 0x80) === 0 || (high & 0x78) !== 0) return undefined;
  const rcode = packet[3]! & 15;
  // Who cannot read the question says so without repeating it.
  if (packet.readUInt16BE(4) === 0 && rcode !== rcodes.NOERROR && rcode !== rcodes.NXDOMAIN) {
    return { kind: 'failure', rcode };
  }
  if (packet.readUInt16BE(4) !== 1) return undefined;
  const asked = readName(packet, 12);
  if (!asked || asked.end + 4 > packet.length || foldCase(asked.name) !== question.key) return undefined;
  if (packet.readUInt16BE(asked.end) !== question.type) return undefined;
  if (packet.readUInt16BE(asked.end + 2) !== question.class) return undefined;
  if (high & 2) return { kind: 'cut' };
  if (rcode !== rcodes.NOERROR && rcode !== rcodes.NXDOMAIN) return { kind: 'failure', rcode };
  const sections = readRecords(packet, asked.end + 4);
  if (!sections) return { kind: 'failure', rcode: rcodes.SERVFAIL };
  return judge(question, rcode, sections);
}

function judge(question: Question, rcode: number, { answers, authority }: Sections): Response {
  const chain: RecordSet[] = [];
  let key = question.key;
  for (let i = 0; i < longestChain; i++) {
    const final = setOf(answers, key, question.type);
    const next = final ?? setOf(answers, key, types.CNAME);
    if (next) chain.push(next);
    if (final) return positive(rcode, chain);
    if (!next) break;
    key = foldCase(next.rdatas[0]!.names[0]!);
  }
  const soa = authority.find((it) => it.type === types.SOA && isAtOrBelow(key, it.key));
  // A referral to others is no answer for us: we ask servers that find out themselves.
  const isReferral = !soa && rcode === rcodes.NOERROR && authority.some((it) => it.type === types.NS);
  if (isReferral) return { kind: 'failure', rcode: rcodes.SERVFAIL };
  if (!soa) return { ...positive(rcode, chain), ttlSeconds: 0 };
  const ttlSeconds = Math.min(soa.ttlSeconds, minimumOf(soa.rdata));
  const set = { owner: soa.owner, type: types.SOA, ttlSeconds, rdatas: [soa.rdata] };
  return {
    kind: 'answer',
    answer: { ...positive(rcode, chain).answer, authority: [set] },
    ttlSeconds: Math.min(ttlSeconds, ...chain.map((it) => it.ttlSeconds)),
  };
}

function positive(rcode: number, answer: readonly RecordSet[]) {
  return {
    kind: 'answer' as const,
    answer: { rcode, authoritative: false, answer, authority: [], additional: [] },
    ttlSeconds: Math.min(...answer.map((it) => it.ttlSeconds)),
  };
}

const minimumOf = ({ tail }: Rdata) => Buffer.from(tail, 'latin1').readUInt32BE(16);

function setOf(records: readonly Record[], key: WireName, type: number): RecordSet | undefined {
  const found = records.filter((it) => it.key === key && it.type === type);
  const [first] = found;
  if (!first) return undefined;
  const ttlSeconds = Math.min(...found.map((it) => it.ttlSeconds));
  const taken = type === types.CNAME ? [first] : found;
  return { owner: first.owner, type, ttlSeconds, rdatas: taken.map((it) => it.rdata) };
}

interface Sections {
  readonly answers: readonly Record[];
  readonly authority: readonly Record[];
}

function readRecords(packet: Buffer, from: number): Sections | undefined {
  const counts = [packet.readUInt16BE(6), packet.readUInt16BE(8)];
  if (counts[0]! + counts[1]! > mostRecords) return undefined;
  const sections: Record[][] = [[], []];
  let at = from;
  for (const [i, count] of counts.entries()) {
    for (let k = 0; k < count; k++) {
      const owner = readName(packet, at);
      if (!owner || owner.end + 10 > packet.length) return undefined;
      at = owner.end;
      const type = packet.readUInt16BE(at);
      const length = packet.readUInt16BE(at + 8);
      if (at + 10 + length > packet.length) return undefined;
      const rdata = readRdata(packet, type, at + 10, length);
      if (!rdata) return undefined;
      const ttl = packet.readUInt32BE(at + 4);
      if (packet.readUInt16BE(at + 2) === classIn) {
        // A TTL with its highest bit set counts as none (RFC 2181 section 8).
        const ttlSeconds = ttl >= 2 ** 31 ? 0 : ttl;
        sections[i]!.push({ key: foldCase(owner.name), owner: owner.name, type, ttlSeconds, rdata });
      }
      at += 10 + length;
    }
  }
  return { answers: sections[0]!, authority: sections[1]! };
}
