import type { Forwarded, Forwarder } from '../forward/forwarder.ts';
import { type Routes, routeFor, type Upstream } from '../forward/parse-forward.ts';
import { classIn, rcodes, types } from '../wire/codes.ts';
import { foldCase } from '../wire/name.ts';
import type { Query, Question } from '../wire/query.ts';
import { bytesOnly } from '../wire/records.ts';
import { emptyAnswer } from '../wire/write-answer.ts';
import { lookUp, type ZoneAnswer, zoneFor } from '../zones/look-up.ts';
import type { Zones } from '../zones/zone.ts';

export interface ResolverDeps {
  readonly routes: Routes;
  readonly forwarder: Forwarder;
}

const answeredBy = (rcode: number): Forwarded => ({ answer: emptyAnswer(rcode), source: 'none' });

/** ANY for a name of somebody else is answered by us with as good as nothing (RFC 8482 section 4.2). */
const anyTtlSeconds = 3600;
const anyData = bytesOnly('\x07RFC8482\x00');

/** Finds the answer to a query that could be read: at once, or later where an upstream must be asked. */
export function createResolver({ routes, forwarder }: ResolverDeps) {
  return (query: Query, zones: Zones): Forwarded | Promise<Forwarded> => {
    const { question } = query;
    if (query.rcode !== undefined || !question) return answeredBy(query.rcode ?? rcodes.FORMERR);
    if (question.class !== classIn) return answeredBy(rcodes.REFUSED);
    if (question.type === types.AXFR || question.type === types.IXFR) return answeredBy(rcodes.REFUSED);
    const zone = zoneFor(zones, question.key);
    const route = routeFor(routes, question.key);
    // What is forwarded below a zone of ours was named for that; a zone of ours is never asked of others.
    if (zone && (!route || route.from.length <= zone.apex.length)) {
      return completed(query, lookUp(zones, zone, question), zones);
    }
    if (!route || !query.recursionDesired) return answeredBy(rcodes.REFUSED);
    return forwarded(question, route.upstreams);
  };

  /** Adds what others know about an alias's target, for clients that leave following it to us. */
  function completed(query: Query, found: ZoneAnswer, zones: Zones): Forwarded | Promise<Forwarded> {
    const said: Forwarded = { answer: found, source: 'zone' };
    if (found.next === undefined || !query.recursionDesired) return said;
    const question: Question = { ...query.question!, name: found.next, key: foldCase(found.next) };
    const route = routeFor(routes, question.key);
    if (!route || zoneFor(zones, question.key)) return said;
    const join = ({ answer, source }: Forwarded): Forwarded => ({
      answer: { ...answer, authoritative: true, answer: [...found.answer, ...answer.answer] },
      source,
    });
    const further = forwarded(question, route.upstreams);
    return further instanceof Promise ? further.then(join) : join(further);
  }

  function forwarded(question: Question, upstreams: readonly Upstream[]): Forwarded | Promise<Forwarded> {
    if (question.type === types.ANY) {
      const set = { owner: question.name, type: types.HINFO, ttlSeconds: anyTtlSeconds, rdatas: [anyData] };
      return { answer: { ...emptyAnswer(rcodes.NOERROR), answer: [set] }, source: 'none' };
    }
    const cached = forwarder.findCached(question);
    return cached ? { answer: cached, source: 'cache' } : forwarder.ask(question, upstreams);
  }
}

export type Resolve = ReturnType<typeof createResolver>;
