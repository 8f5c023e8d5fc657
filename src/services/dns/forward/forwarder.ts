import { randomInt } from 'node:crypto';
import type { Clock } from '../../../kernel/index.ts';
import type { AnswerSource, ForwardLimits } from '../types.ts';
import { rcodes } from '../wire/codes.ts';
import type { Question } from '../wire/query.ts';
import { type Answer, emptyAnswer } from '../wire/write-answer.ts';
import { writeQuery } from '../wire/write-query.ts';
import { askOverTcp, askOverUdp, type Outcome } from './ask-upstream.ts';
import { AnswerCache, cacheKey } from './cache.ts';
import type { Upstream } from './parse-forward.ts';
import { type Response, readResponse } from './read-response.ts';
import { createUpstreamHealth } from './upstream-health.ts';

export interface Forwarded {
  readonly answer: Answer;
  readonly source: AnswerSource;
}

export interface ForwarderOptions {
  readonly limits: ForwardLimits;
  readonly clock: Clock;
  onUpstream(upstream: Upstream, outcome: string, seconds: number): void;
}

export interface Forwarder {
  readonly cache: AnswerCache;
  /** What is known without asking anybody. */
  findCached(question: Question): Answer | undefined;
  /** Asks the upstreams in turn; always resolves, with SERVFAIL where none could tell. */
  ask(question: Question, upstreams: readonly Upstream[]): Promise<Forwarded>;
  close(): void;
}

const failed = (): Forwarded => ({ answer: emptyAnswer(rcodes.SERVFAIL), source: 'forward' });
const rounds = 2;
/** Queries that may wait for each question in flight, on average. */
const waitersEach = 20;

/** Asks other servers, each question once at a time, and keeps what they say. */
export function createForwarder({ limits, clock, onUpstream }: ForwarderOptions): Forwarder {
  const cache = new AnswerCache(limits);
  const failures = new AnswerCache({ cacheEntries: 2000, cacheBytes: 2 ** 20, staleSeconds: 0 });
  const inFlight = new Map<string, Promise<Forwarded>>();
  const health = createUpstreamHealth(clock);
  const closing = new AbortController();
  let waiting = 0;

  async function tell(upstream: Upstream, question: Question, timeoutMs: number): Promise<Outcome<Response>> {
    const id = randomInt(65_536);
    const ask = {
      upstream,
      packet: writeQuery(id, question),
      timeoutMs,
      signal: closing.signal,
      read: (packet: Buffer) => readResponse(packet, id, question),
    };
    const startedAt = performance.now();
    let outcome = await askOverUdp(ask);
    if (knowsNoEdns(outcome)) outcome = await askOverUdp({ ...ask, packet: writeQuery(id, question, false) });
    const wasCut = 'said' in outcome && outcome.said.kind === 'cut';
    if (wasCut) outcome = await askOverTcp(ask);
    const seconds = (performance.now() - startedAt) / 1000;
    onUpstream(upstream, 'said' in outcome ? outcome.said.kind : outcome.failed, seconds);
    return outcome;
  }

  async function askAll(question: Question, upstreams: readonly Upstream[], key: string): Promise<Forwarded> {
    const stale = cache.findStale(key, clock.now());
    // Who has an old answer at hand lets the client wait for one try only.
    const endsAt = performance.now() + (stale ? limits.tryTimeoutMs : limits.totalTimeoutMs);
    for (const upstream of Array.from({ length: rounds }, () => health.sort(upstreams)).flat()) {
      const leftMs = endsAt - performance.now();
      if (leftMs <= 0) break;
      const outcome = await tell(upstream, question, Math.min(limits.tryTimeoutMs, leftMs));
      health.note(upstream, 'said' in outcome);
      if (!('said' in outcome) || outcome.said.kind !== 'answer') continue;
      const { answer, ttlSeconds } = limited(outcome.said, limits);
      cache.put(key, answer, ttlSeconds, clock.now());
      return { answer, source: 'forward' };
    }
    failures.put(key, failed().answer, limits.failureSeconds, clock.now());
    return stale ? { answer: stale, source: 'stale' } : failed();
  }

  async function shared(question: Question, upstreams: readonly Upstream[]): Promise<Forwarded> {
    const key = cacheKey(question.key, question.type);
    const known = inFlight.get(key);
    if (known) return known;
    if (failures.find(key, clock.now())) {
      const stale = cache.findStale(key, clock.now());
      return stale ? { answer: stale, source: 'stale' } : failed();
    }
    if (inFlight.size >= limits.maxInFlight) return failed();
    const asked = askAll(question, upstreams, key).finally(() => inFlight.delete(key));
    inFlight.set(key, asked);
    return asked;
  }

  return {
    cache,
    findCached: ({ key, type }) => cache.find(cacheKey(key, type), clock.now()),
    async ask(question, upstreams) {
      if (waiting >= limits.maxInFlight * waitersEach) return failed();
      waiting++;
      try {
        return await shared(question, upstreams);
      } catch {
        return failed();
      } finally {
        waiting--;
      }
    },
    close: () => closing.abort(),
  };
}

/** Old servers say so to a query with EDNS (RFC 6891 section 7). */
const knowsNoEdns = (outcome: Outcome<Response>): boolean =>
  'said' in outcome &&
  outcome.said.kind === 'failure' &&
  (outcome.said.rcode === rcodes.FORMERR || outcome.said.rcode === rcodes.NOTIMP);

/** The answer with TTLs within our limits, and how long it is kept. */
function limited(
  { answer, ttlSeconds }: Extract<Response, { kind: 'answer' }>,
  limits: ForwardLimits,
): { answer: Answer; ttlSeconds: number } {
  const isNegative = answer.rcode !== rcodes.NOERROR || answer.authority.length > 0;
  const most = isNegative
    ? Math.min(limits.maxTtlSeconds, limits.maxNegativeTtlSeconds)
    : limits.maxTtlSeconds;
  const cut = (set: Answer['answer'][number]) => ({ ...set, ttlSeconds: Math.min(set.ttlSeconds, most) });
  return {
    answer: { ...answer, answer: answer.answer.map(cut), authority: answer.authority.map(cut) },
    ttlSeconds: Number.isFinite(ttlSeconds) ? Math.min(ttlSeconds, most) : 0,
  };
}
