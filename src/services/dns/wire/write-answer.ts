import { classIn, types } from './codes.ts';
import { foldCase, parentOf, type WireName } from './name.ts';
import type { Query, Question } from './query.ts';
import type { RecordSet } from './records.ts';

/** What is to be said, whatever the transport. */
export interface Answer {
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answer: readonly RecordSet[];
  readonly authority: readonly RecordSet[];
  /** Left out where it does not fit. */
  readonly additional: readonly RecordSet[];
}

export interface WriteOptions {
  /** The answer is cut to a mere sign (TC) where it would be longer, bytes. */
  readonly maxBytes: number;
  readonly recursionAvailable: boolean;
  /** Our own largest UDP answer, for the EDNS record, bytes. */
  readonly udpBytes: number;
  /** By how many places the addresses of a name are turned round. */
  readonly turn?: number;
}

export const emptyAnswer = (rcode: number): Answer => ({
  rcode,
  authoritative: false,
  answer: [],
  authority: [],
  additional: [],
});

/** Writing is synchronous, so one place to write in is enough. */
const draft = Buffer.allocUnsafeSlow(65_535);

/** The packet for an answer: names compressed, EDNS answered with EDNS, cut with TC where it does not fit. */
export function writeAnswer(query: Query, answer: Answer, options: WriteOptions): Buffer {
  const limit = Math.min(options.maxBytes, draft.length) - (query.edns ? 11 : 0);
  const writer = new Writer(limit, options.turn ?? 0);
  writer.question(query.question);
  const isWhole = writer.section(6, answer.answer) && writer.section(8, answer.authority);
  if (isWhole) answer.additional.every((set) => writer.section(10, [set]));
  else writer.rewind();
  const high =
    0x80 |
    (query.opcode << 3) |
    (answer.authoritative ? 4 : 0) |
    (isWhole ? 0 : 2) |
    (query.recursionDesired ? 1 : 0);
  const low =
    (options.recursionAvailable ? 0x80 : 0) | (query.checkingDisabled ? 0x10 : 0) | (answer.rcode & 15);
  return writer.end(query, high, low, answer.rcode >> 4, options.udpBytes);
}

class Writer {
  readonly #limit: number;
  readonly #turn: number;
  readonly #places = new Map<WireName, number>();
  #at = 12;
  #afterQuestion = 12;

  constructor(limit: number, turn: number) {
    this.#limit = limit;
    this.#turn = turn;
    draft.fill(0, 0, 12);
  }

  question(question: Question | undefined): void {
    if (!question) return;
    this.#name(question.name);
    this.#at = draft.writeUInt16BE(question.type, this.#at);
    this.#at = draft.writeUInt16BE(question.class, this.#at);
    draft.writeUInt16BE(1, 4);
    this.#afterQuestion = this.#at;
  }

  /** Writes records and counts them at `countAt`; false, and nothing of the last set, where they do not fit. */
  section(countAt: number, sets: readonly RecordSet[]): boolean {
    for (const set of sets) {
      const start = this.#at;
      const count = set.rdatas.length;
      const turn = isTurned(set) ? this.#turn % count : 0;
      for (let i = 0; i < count; i++) {
        if (this.#record(set, (i + turn) % count)) continue;
        this.#at = start;
        return false;
      }
      draft.writeUInt16BE(draft.readUInt16BE(countAt) + count, countAt);
    }
    return true;
  }

  /** Takes back all but the question. */
  rewind(): void {
    this.#at = this.#afterQuestion;
    draft.fill(0, 6, 12);
  }

  end(query: Query, high: number, low: number, extended: number, udpBytes: number): Buffer {
    draft.writeUInt16BE(query.id, 0);
    draft[2] = high;
    draft[3] = low;
    if (query.edns) {
      draft.writeUInt16BE(draft.readUInt16BE(10) + 1, 10);
      draft[this.#at++] = 0;
      this.#at = draft.writeUInt16BE(types.OPT, this.#at);
      this.#at = draft.writeUInt16BE(udpBytes, this.#at);
      this.#at = draft.writeUInt32BE(
        ((extended << 24) | (query.edns.wantsDnssec ? 0x8000 : 0)) >>> 0,
        this.#at,
      );
      this.#at = draft.writeUInt16BE(0, this.#at);
    }
    return Buffer.from(draft.subarray(0, this.#at));
  }

  #record(set: RecordSet, index: number): boolean {
    const rdata = set.rdatas[index]!;
    // Uncompressed it is never shorter than it will be, and a name that is not written leaves no place behind.
    const most =
      set.owner.length +
      10 +
      rdata.head.length +
      rdata.tail.length +
      rdata.names.reduce((sum, it) => sum + it.length, 0);
    if (this.#at + most > this.#limit && this.#at + this.#compressed(set.owner, rdata) > this.#limit)
      return false;
    this.#name(set.owner);
    this.#at = draft.writeUInt16BE(set.type, this.#at);
    this.#at = draft.writeUInt16BE(classIn, this.#at);
    this.#at = draft.writeUInt32BE(set.ttlSeconds, this.#at);
    const lengthAt = this.#at;
    this.#at += 2;
    this.#at += draft.write(rdata.head, this.#at, 'latin1');
    for (const name of rdata.names) this.#name(name);
    this.#at += draft.write(rdata.tail, this.#at, 'latin1');
    draft.writeUInt16BE(this.#at - lengthAt - 2, lengthAt);
    return true;
  }

  /** How many bytes the record takes with what can be pointed to already; names inside it are not counted for each other. */
  #compressed(owner: WireName, { head, names, tail }: RecordSet['rdatas'][number]): number {
    const sizeOf = (name: WireName) => {
      for (let at = foldCase(name); at.length > 1; at = parentOf(at)) {
        if (this.#places.has(at)) return name.length - at.length + 2;
      }
      return name.length;
    };
    return (
      sizeOf(owner) + 10 + head.length + tail.length + names.reduce((sum, name) => sum + sizeOf(name), 0)
    );
  }

  #name(name: WireName): void {
    let key = foldCase(name);
    for (let from = 0; key.length > 1; ) {
      const place = this.#places.get(key);
      if (place !== undefined) {
        this.#at = draft.writeUInt16BE(0xc000 | place, this.#at);
        return;
      }
      if (this.#at < 0x4000) this.#places.set(key, this.#at);
      const next = from + 1 + name.charCodeAt(from);
      this.#at += draft.write(name.slice(from, next), this.#at, 'latin1');
      from = next;
      key = parentOf(key);
    }
    draft[this.#at++] = 0;
  }
}

/** True for sets whose order means nothing and is turned round. */
export const isTurned = ({ type, rdatas }: RecordSet): boolean =>
  rdatas.length > 1 && (type === types.A || type === types.AAAA);
