import type { WireName } from '../wire/name.ts';
import type { RecordSet } from '../wire/records.ts';
import type { Answer } from '../wire/write-answer.ts';

export interface AnswerCacheLimits {
  readonly cacheEntries: number;
  readonly cacheBytes: number;
  readonly staleSeconds: number;
}

interface Entry {
  readonly answer: Answer;
  readonly atMs: number;
  readonly endsAtMs: number;
  readonly bytes: number;
}

/** What a cached answer is told with when it is past its time (RFC 8767 section 4). */
const staleTtlSeconds = 30;

/** Answers of upstreams, bounded in number and in bytes; what was asked for least lately goes first. */
export class AnswerCache {
  readonly #entries = new Map<string, Entry>();
  readonly #limits: AnswerCacheLimits;
  #bytes = 0;

  constructor(limits: AnswerCacheLimits) {
    this.#limits = limits;
  }

  get entries(): number {
    return this.#entries.size;
  }

  /** An estimate of the memory held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The answer with what is left of its TTLs; undefined where there is none or its time is over. */
  find(key: string, nowMs: number): Answer | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (nowMs >= entry.endsAtMs) {
      if (nowMs >= entry.endsAtMs + this.#limits.staleSeconds * 1000) this.#delete(key, entry);
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const age = Math.floor((nowMs - entry.atMs) / 1000);
    return withTtl(entry.answer, (set) => Math.max(0, set.ttlSeconds - age));
  }

  /** An answer whose time is over, but not for longer than the limit. */
  findStale(key: string, nowMs: number): Answer | undefined {
    const entry = this.#entries.get(key);
    if (!entry || nowMs >= entry.endsAtMs + this.#limits.staleSeconds * 1000) return undefined;
    return withTtl(entry.answer, () => staleTtlSeconds);
  }

  put(key: string, answer: Answer, ttlSeconds: number, nowMs: number): void {
    const old = this.#entries.get(key);
    if (old) this.#delete(key, old);
    const bytes = sizeOf(key, answer);
    if (ttlSeconds <= 0 || bytes > this.#limits.cacheBytes) return;
    this.#entries.set(key, { answer, atMs: nowMs, endsAtMs: nowMs + ttlSeconds * 1000, bytes });
    this.#bytes += bytes;
    for (const [first, entry] of this.#entries) {
      if (this.#entries.size <= this.#limits.cacheEntries && this.#bytes <= this.#limits.cacheBytes) break;
      this.#delete(first, entry);
    }
  }

  #delete(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}

/** Under what an answer is kept. */
export const cacheKey = (key: WireName, type: number): string => `${key}${type}`;

function withTtl(answer: Answer, ttlOf: (set: RecordSet) => number): Answer {
  const change = (set: RecordSet) => ({ ...set, ttlSeconds: ttlOf(set) });
  return { ...answer, answer: answer.answer.map(change), authority: answer.authority.map(change) };
}

/** What the strings take, and about what V8 adds for each object. */
function sizeOf(key: string, { answer, authority }: Answer): number {
  let bytes = 300 + key.length;
  for (const { owner, rdatas } of [...answer, ...authority]) {
    bytes += 150 + owner.length;
    for (const { head, names, tail } of rdatas) {
      bytes += 120 + head.length + tail.length + names.reduce((sum, name) => sum + 30 + name.length, 0);
    }
  }
  return bytes;
}
